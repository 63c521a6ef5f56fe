// What a menu needs once it is open; `menu.jsx` fetches it with the first wish to open one.
export * from "@radix-ui/react-dropdown-menu";
