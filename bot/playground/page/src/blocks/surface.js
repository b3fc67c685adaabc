import { createContext, useContext } from "react";

/** The message or view that blocks are part of: what was chosen in it, and how to say so. */
export const Surface = createContext(null);

export function useSurface() {
  return useContext(Surface);
}
