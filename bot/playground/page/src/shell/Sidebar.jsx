import { useRef } from "react";
import { useEscape } from "../overlay/useEscape.js";
import { keepInside, useFocus } from "../overlay/useFocus.js";
import { HOME } from "../workspace/usePlace.js";
import { useWorkspace } from "../workspace/context.js";
import { Avatar } from "./Avatar.jsx";
import { CloseIcon, HashIcon, HomeIcon, PeopleIcon } from "./icons.jsx";

/** Where one can go, and who one pretends to be. */
export function Sidebar({ place, unread, setUser, close }) {
  const { state, go } = useWorkspace();
  const visit = (id) => {
    go(id);
    close?.();
  };
  const rooms = (kind) => state.channels.filter((channel) => channel.kind === kind);
  const entry = (id) => ({ here: id === place, visit: () => visit(id), unread: unread[id] ?? 0 });
  return (
    <nav className="sidebar" aria-label="Workspace">
      <header className="sidebar__head">
        <span className="sidebar__team">{state.team.name}</span>
        {close && (
          <button type="button" className="icon-button" aria-label="Close sidebar" onClick={close}>
            <CloseIcon />
          </button>
        )}
      </header>
      <div className="sidebar__body">
        <h2>Channels</h2>
        <ul>
          {rooms("channel").map((room) => (
            <Entry key={room.id} name={room.name} icon={<HashIcon />} {...entry(room.id)} />
          ))}
        </ul>
        <h2>Direct messages</h2>
        <ul>
          {rooms("direct").map((room) => (
            <Entry key={room.id} name={room.name} icon={<Avatar bot small />} {...entry(room.id)} />
          ))}
          {rooms("group").map((room) => (
            <Entry key={room.id} name={room.name} icon={<PeopleIcon />} {...entry(room.id)} />
          ))}
        </ul>
        <h2>App</h2>
        <ul>
          <Entry name="Home" icon={<HomeIcon />} {...entry(HOME)} />
        </ul>
      </div>
      <ActAs setUser={setUser} />
    </nav>
  );
}

/** On a narrow screen the sidebar lies over the page. */
export function SidebarDrawer(props) {
  const box = useRef(null);
  useFocus(box, ".sidebar__body button");
  useEscape(true, props.close);
  return (
    <div
      className="drawer-veil"
      onClick={(event) => event.target === event.currentTarget && props.close()}
    >
      <div
        ref={box}
        className="drawer"
        role="dialog"
        aria-modal="true"
        aria-label="Sidebar"
        onKeyDown={keepInside}
      >
        <Sidebar {...props} />
      </div>
    </div>
  );
}

function Entry({ name, icon, here, visit, unread }) {
  const news = unread === 1 ? "1 new message" : `${unread} new messages`;
  return (
    <li>
      <button
        type="button"
        className={unread ? "entry entry--unread" : "entry"}
        aria-label={name}
        aria-description={unread ? news : undefined}
        aria-current={here ? "page" : undefined}
        onClick={visit}
      >
        <span className="entry__icon">{icon}</span>
        <span className="entry__name">{name}</span>
        {unread > 0 && <span className="entry__count">{unread}</span>}
      </button>
    </li>
  );
}

function ActAs({ setUser }) {
  const { state, me } = useWorkspace();
  return (
    <label className="act-as">
      <Avatar person={me} />
      <span className="act-as__text">
        <span className="act-as__label">Act as</span>
        <select aria-label="Act as" value={me.id} onChange={(event) => setUser(event.target.value)}>
          {state.members.map((member) => (
            <option key={member.id} value={member.id}>
              {member.name}
            </option>
          ))}
        </select>
        <span className="act-as__zone">{me.tz}</span>
      </span>
    </label>
  );
}
