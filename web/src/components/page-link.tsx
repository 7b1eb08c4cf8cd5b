import { Anchor, type AnchorProps, Button, type ButtonProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, Ref } from "react";

type LinkAttributes<Look> = Look &
  Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof Look> & { ref?: Ref<HTMLAnchorElement> };

/** A link to another page, with that page's parameters and search. */
export const PageLink = createLink((props: LinkAttributes<AnchorProps>) => <Anchor {...props} />);

/** The same as a button. */
export const PageButton = createLink((props: LinkAttributes<ButtonProps>) => (
  <Button component="a" {...props} />
));
