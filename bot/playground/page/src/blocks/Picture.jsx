import { ImageIcon } from "../shell/icons.jsx";

/** A picture that is part of the page; of any other only its description is shown. */
export function Picture({ image }) {
  const url = image.image_url ?? image.slack_file?.url ?? "";
  if (isOwn(url)) return <img className="picture" src={url} alt={image.alt_text} />;
  return (
    <span className="picture picture--elsewhere" role="img" aria-label={image.alt_text} title={url}>
      <ImageIcon />
      <span>{image.alt_text}</span>
    </span>
  );
}

function isOwn(url) {
  return url.startsWith("data:image/") || (url.startsWith("/") && !url.startsWith("//"));
}
