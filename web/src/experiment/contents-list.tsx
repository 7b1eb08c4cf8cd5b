import { useEffect, useState } from "react";

import { PageLink } from "../components/page-link.js";
import classes from "./contents-list.module.css";

export interface Part {
  /** Of its heading. */
  id: string;
  title: string;
}

/** The parts of a long page, always in view, with the one that is read marked. */
export function ContentsList({ parts }: { parts: readonly Part[] }) {
  const current = useCurrentPart(parts);
  return (
    <nav className={classes.list} aria-label="On this page">
      {parts.map(({ id, title }) => (
        <PageLink
          key={id}
          to="."
          search={true}
          hash={id}
          size="sm"
          underline="never"
          className={classes.part}
          data-current={id === current || undefined}
        >
          {title}
        </PageLink>
      ))}
    </nav>
  );
}

/** The last part whose heading is above the upper third of the window. */
function useCurrentPart(parts: readonly Part[]): string | undefined {
  const [current, setCurrent] = useState(parts[0]?.id);
  useEffect(() => {
    const look = () => {
      const above = parts.filter(({ id }) => {
        const heading = document.getElementById(id);
        return heading !== null && heading.getBoundingClientRect().top < window.innerHeight / 3;
      });
      const isAtEnd = window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 2;
      // The last parts cannot be scrolled to the top: there the one that was asked for counts.
      const asked = parts.find(({ id }) => `#${id}` === window.location.hash && isInWindow(id));
      const last = isAtEnd && window.scrollY > 0 ? (asked ?? parts.at(-1)) : undefined;
      setCurrent((last ?? above.at(-1) ?? parts[0])?.id);
    };
    look();
    addEventListener("scroll", look, { passive: true });
    return () => removeEventListener("scroll", look);
  }, [parts]);
  return current;
}

function isInWindow(id: string): boolean {
  const top = document.getElementById(id)?.getBoundingClientRect().top;
  return top !== undefined && top >= 0 && top < window.innerHeight;
}
