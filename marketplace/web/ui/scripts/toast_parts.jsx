// What showing a message needs; `toast.jsx` fetches it with the first one.
export { Toaster, toast } from "sonner";
