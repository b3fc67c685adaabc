import { useCallback, useState } from "react";
import { Page } from "./Page.jsx";
import { useLive } from "./workspace/useLive.js";

/** Somebody has to ask before the server can tell who there is. */
const FIRST = "U0ANN";
const KEY = "playground-member";

/** The page once the workspace is known. Each tab may act as another member. */
export function App() {
  const [user, setUser] = useState(() => sessionStorage.getItem(KEY) ?? FIRST);
  const act = useCallback((id) => {
    sessionStorage.setItem(KEY, id);
    setUser(id);
  }, []);
  const live = useLive(
    user,
    useCallback(() => act(FIRST), [act]),
  );
  if (!live.state) return <Waiting online={live.online} />;
  return <Page live={live} setUser={act} />;
}

function Waiting({ online }) {
  return (
    <p className="waiting" role="status">
      {online ? "Opening the playground…" : "The playground isn't responding. Is it still running?"}
    </p>
  );
}
