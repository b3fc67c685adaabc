import { useCallback, useState } from "react";

export const HOME = "home";

/** Where one is: a conversation's id or Home, kept in the address so that it survives a reload. */
export function usePlace(channels) {
  const [wanted, setWanted] = useState(() => window.location.hash.slice(1));
  const go = useCallback((place) => {
    window.history.replaceState(null, "", `#${place}`);
    setWanted(place);
  }, []);
  return [resolve(wanted, channels), go];
}

/** Direct messages have another id for each member; to stay in them is to change the id. */
function resolve(wanted, channels) {
  if (wanted === HOME || channels.some((channel) => channel.id === wanted)) return wanted;
  const direct = wanted.startsWith("D") && channels.find((channel) => channel.kind === "direct");
  return (direct || channels[0])?.id ?? HOME;
}
