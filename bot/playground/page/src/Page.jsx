import { useCallback, useMemo, useState } from "react";
import { Conversation } from "./chat/Conversation.jsx";
import { Home } from "./chat/Home.jsx";
import { nameOf } from "./chat/naming.js";
import { Thread } from "./chat/Thread.jsx";
import { useDrafts } from "./chat/useDrafts.js";
import { useUnread } from "./chat/useUnread.js";
import { ConfirmProvider } from "./overlay/Confirm.jsx";
import { Modals } from "./overlay/Modal.jsx";
import { Requests } from "./overlay/Requests.jsx";
import { Sidebar, SidebarDrawer } from "./shell/Sidebar.jsx";
import { SkipLink } from "./shell/SkipLink.jsx";
import { StatusStrip } from "./shell/StatusStrip.jsx";
import { TopBar } from "./shell/TopBar.jsx";
import { outgoing } from "./text/outgoing.js";
import { Workspace } from "./workspace/context.js";
import { HOME, usePlace } from "./workspace/usePlace.js";
import { useNotices } from "./workspace/useNotices.js";
import { useActions } from "./workspace/useActions.js";

/** Sidebar, conversation, thread, and what lies over them. */
export function Page({ live, setUser }) {
  const { state, online } = live;
  const [place, go] = usePlace(state.channels);
  const [thread, setThread] = useState(null);
  const [requests, setRequests] = useState(null);
  const [drawer, setDrawer] = useState(false);
  const [dismissed, setDismissed] = useState([]);
  const { notices, dismiss, ...telling } = useNotices();
  const { notify } = telling;
  const { post, personOf, clock, me } = useActions(live, telling);
  const draftOf = useDrafts();
  const unread = useUnread(state, place);
  const dismissMessage = useCallback((id) => setDismissed((all) => [...all, id]), []);
  const workspace = useMemo(
    () => ({
      state,
      place,
      me,
      zone: me.tz,
      clock,
      go,
      post,
      notify,
      personOf,
      dismissMessage,
      showRequests: setRequests,
    }),
    [state, place, me, clock, go, post, notify, personOf, dismissMessage],
  );
  const send = (channel, text, threadTs) => {
    const written = outgoing(text, [state.bot, ...state.members]);
    return post("send", { channel, text: written, thread_ts: threadTs });
  };
  const messages = state.messages.filter((message) => !dismissed.includes(message.id));
  const channel = state.channels.find((each) => each.id === place);
  const root = channel && messages.find((each) => each.channel === place && each.ts === thread);
  const bar = { place, unread, setUser };
  const inert = state.modals.length || drawer ? "" : undefined;
  return (
    <Workspace.Provider value={workspace}>
      <ConfirmProvider>
        <div className={root ? "page page--thread" : "page"} inert={inert}>
          <SkipLink />
          <TopBar openSidebar={() => setDrawer(true)} sidebarOpen={drawer} />
          <StatusStrip notices={notices} dismiss={dismiss} online={online} />
          <Sidebar {...bar} />
          {place === HOME || !channel ? (
            <Home />
          ) : (
            <Conversation
              channel={channel}
              messages={messages}
              openThread={setThread}
              draftOf={draftOf}
              send={send}
            />
          )}
          {root && (
            <Thread
              key={root.ts}
              root={root}
              messages={messages}
              name={nameOf(channel)}
              close={() => setThread(null)}
              draftOf={draftOf}
              send={send}
            />
          )}
          {requests && <Requests message={requests} close={() => setRequests(null)} />}
        </div>
        {drawer && <SidebarDrawer {...bar} close={() => setDrawer(false)} />}
        <Modals stack={state.modals} />
      </ConfirmProvider>
    </Workspace.Provider>
  );
}
