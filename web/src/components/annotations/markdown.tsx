import { Anchor, Title, Typography } from "@mantine/core";
import Rendered from "markdown-to-jsx/react";
import type { ReactNode } from "react";

const options = {
  // Tags of HTML are shown as they were typed.
  disableParsingRawHTML: true,
  forceBlock: true,
  overrides: {
    a: SafeLink,
    img: PictureAsText,
    iframe: Nothing,
    script: Nothing,
    // Parts of a page, below its own title and its parts.
    h1: { component: Title, props: { order: 2, size: "h4" } },
    h2: { component: Title, props: { order: 3, size: "h5" } },
    h3: { component: Title, props: { order: 4, size: "h6" } },
  },
} as const;

/** Markdown that anybody may have written: it runs nothing and fetches nothing. */
export default function Markdown({ text }: { text: string }) {
  return (
    <Typography fz="sm" style={{ overflowWrap: "anywhere" }}>
      <Rendered options={options}>{text}</Rendered>
    </Typography>
  );
}

function SafeLink({ href, children }: { href?: string; children?: ReactNode }) {
  if (href === undefined || !/^(https?:|mailto:)/i.test(href)) return <span>{children}</span>;
  return (
    <Anchor href={href} target="_blank" rel="noreferrer noopener" fz="sm">
      {children}
    </Anchor>
  );
}

/** A picture would be fetched from where its author wants. */
function PictureAsText({ alt, src }: { alt?: string; src?: string }) {
  return <SafeLink {...(src === undefined ? {} : { href: src })}>{alt || src}</SafeLink>;
}

function Nothing() {
  return null;
}
