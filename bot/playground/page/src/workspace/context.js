import { createContext, useContext } from "react";

/** What every part of the page may need: the state, who one is, and what one can do. */
export const Workspace = createContext(null);

export function useWorkspace() {
  return useContext(Workspace);
}
