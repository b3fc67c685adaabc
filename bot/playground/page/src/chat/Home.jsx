import { useEffect } from "react";
import { Blocks } from "../blocks/Blocks.jsx";
import { SurfaceProvider } from "../blocks/SurfaceProvider.jsx";
import { useFilled } from "../blocks/useFilled.js";
import { Avatar } from "../shell/Avatar.jsx";
import { MAIN } from "../shell/SkipLink.jsx";
import { useWorkspace } from "../workspace/context.js";

/** The bot's Home tab, which the bot fills when it hears that it was opened. */
export function Home() {
  const { state, me, post } = useWorkspace();
  useEffect(() => {
    post("home", {});
  }, [post, me.id]);
  return (
    <main id={MAIN} tabIndex={-1} className="conversation" aria-label="Home">
      <header className="pane__head">
        <Avatar bot small />
        <h2>{state.bot.name}</h2>
        <span className="badge">APP</span>
        <span className="pane__about">Home</span>
      </header>
      <div className="home" tabIndex={0} role="group" aria-label={`Home of ${state.bot.name}`}>
        {state.home ? <HomeView key={me.id} view={state.home} /> : <Empty name={state.bot.name} />}
      </div>
    </main>
  );
}

function HomeView({ view }) {
  const filled = useFilled(view.state?.values);
  return (
    <SurfaceProvider view={view} filled={filled}>
      <Blocks blocks={view.blocks} />
    </SurfaceProvider>
  );
}

function Empty({ name }) {
  return (
    <div className="empty">
      <Avatar bot />
      <h3>Nothing here yet</h3>
      <p>{name} hasn't put anything on its Home tab yet. In the meantime, send it a message.</p>
    </div>
  );
}
