// Light, dark, or as the device has it: kept in this browser, read before the first paint by boot.js.
import { useContext } from "react";
import { ColorModeContext } from "$/utils/context";
import { MenuChoice } from "./menu.jsx";

export function useTheme() {
  const { rawColorMode, setColorMode } = useContext(ColorModeContext);
  return [rawColorMode, setColorMode];
}

export function ThemeChoice({ mode, children }) {
  const [chosen, choose] = useTheme();
  return <MenuChoice on={chosen === mode} onSelect={() => choose(mode)}>{children}</MenuChoice>;
}
