// What a panel needs once it is open; `popover.jsx` fetches it with the first wish to open one.
export * from "@radix-ui/react-popover";
