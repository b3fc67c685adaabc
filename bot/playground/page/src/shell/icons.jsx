// Icons in the color of the text around them. They say nothing to screen readers.

function Icon({ children, className = "icon" }) {
  return (
    <svg
      className={className}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

const icon = (...paths) =>
  function PathIcon() {
    return (
      <Icon>
        {paths.map((path) => (
          <path key={path} d={path} />
        ))}
      </Icon>
    );
  };

export const HashIcon = icon("M8 3 6.5 17M13.5 3 12 17M3.5 7.5h13.5M3 12.5h13.5");
export const HomeIcon = icon("M3 9.5 10 3l7 6.5", "M5 8.5V17h10V8.5", "M8.5 17v-4.5h3V17");
export const CloseIcon = icon("M5 5l10 10M15 5 5 15");
export const MenuIcon = icon("M3 5.5h14M3 10h14M3 14.5h14");
export const DownIcon = icon("m6 8 4 4 4-4");
export const CheckIcon = icon("m4 10.5 4 4 8-9");
export const SendIcon = icon("M3.5 16.5 17 10 3.5 3.5l1.5 5.3 6 1.2-6 1.2z");
export const CodeIcon = icon("m7 6-4 4 4 4M13 6l4 4-4 4");
export const HelpIcon = icon(
  "M7.2 7.2a2.9 2.9 0 1 1 4.2 2.7c-1 .5-1.4 1.2-1.4 2.3",
  "M10 15v.3",
  "M17.5 10a7.5 7.5 0 1 1-15 0 7.5 7.5 0 0 1 15 0",
);
export const EditIcon = icon("M3.5 16.5 4.5 12.5 13 4l3 3-8.5 8.5z", "m11 6 3 3");
export const PeopleIcon = icon(
  "M7.5 9.5a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6z",
  "M2.5 16.5c0-3 2-4.7 5-4.7s5 1.7 5 4.7",
  "M13 4.2a2.6 2.6 0 0 1 0 5",
  "M14.5 12c2 .5 3 2.1 3 4.5",
);
export const SaveIcon = icon("M5.5 3h9v14L10 13.5 5.5 17z");
export const ReplyIcon = icon("M3 4h14v9.5H9L5 17v-3.5H3z");
export const EyeIcon = icon(
  "M2 10s3-5.5 8-5.5S18 10 18 10s-3 5.5-8 5.5S2 10 2 10z",
  "M10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z",
);
export const ClockIcon = icon(
  "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15z",
  "M10 6v4.2l2.8 1.6",
);
export const MoreIcon = icon("M4.5 10h.01M10 10h.01M15.5 10h.01");
export const ImageIcon = icon("M3 4h14v12H3z", "m3 13 4-4 4 4 2-2 4 4", "M13 7.5h.01");
export const ThumbUpIcon = icon(
  "M7 9 10 3c1.3 0 2 .9 1.8 2.2L11.4 8H16a1.3 1.3 0 0 1 1.3 1.6l-1.4 6A1.3 1.3 0 0 1 14.6 16.5H7",
  "M3 8.5h4v8.5H3z",
);
export const ThumbDownIcon = icon(
  "M13 11l-3 6c-1.3 0-2-.9-1.8-2.2L8.6 12H4a1.3 1.3 0 0 1-1.3-1.6l1.4-6A1.3 1.3 0 0 1 5.4 3.5H13",
  "M17 11.5h-4V3h4z",
);
export const TrashIcon = icon("M3.5 5.5h13", "M8 5.5V3.5h4v2", "m5 5.5 1 11h8l1-11", "M8.5 8.5v5M11.5 8.5v5");
export const ShortcutIcon = icon("M11 2.5 4.5 11.5H10l-1 6 6.5-9H10z");
export const WarnIcon = icon("M10 3 18 16.5H2z", "M10 8v4M10 14.3h.01");

export function Spinner() {
  return (
    <Icon className="icon spinner">
      <path d="M10 3a7 7 0 1 1-7 7" />
    </Icon>
  );
}
