const COLORS = ["#0b6e6e", "#8a3ffc", "#a8324e", "#1d5fb4", "#7a5200", "#2e7d32"];

/** A member's initials on a color of their own, or the bot's face. */
export function Avatar({ person, bot, small }) {
  const className = small ? "avatar avatar--small" : "avatar";
  if (bot) return <BotFace className={className} />;
  const name = person?.name ?? "?";
  const words = name.split(/\s+/).slice(0, 2);
  const initials = words.map((word) => [...word][0]).join("");
  return (
    <span
      className={className}
      style={{ background: colorOf(person?.id ?? "") }}
      aria-hidden="true"
    >
      {initials.toUpperCase()}
    </span>
  );
}

export function BotFace({ className = "avatar" }) {
  return (
    <span className={`${className} avatar--bot`} aria-hidden="true">
      <svg viewBox="0 0 36 36">
        <path d="M18 10V6.5" stroke="#fff" strokeWidth="2" strokeLinecap="round" />
        <circle cx="18" cy="5.8" r="2" fill="#ffd166" />
        <rect x="7" y="10" width="22" height="17" rx="6" fill="#fff" />
        <circle cx="13.8" cy="17.2" r="2.3" fill="#4a154b" />
        <circle cx="22.2" cy="17.2" r="2.3" fill="#4a154b" />
        <path
          d="M14 22.4c2.3 1.8 5.7 1.8 8 0"
          stroke="#4a154b"
          strokeWidth="1.8"
          strokeLinecap="round"
          fill="none"
        />
        <path d="M4.5 16v5M31.5 16v5" stroke="#ffd166" strokeWidth="2.4" strokeLinecap="round" />
      </svg>
    </span>
  );
}

function colorOf(id) {
  const sum = [...id].reduce((total, character) => total * 17 + character.codePointAt(0), 7);
  return COLORS[sum % COLORS.length];
}
