import { Group, Modal } from "@mantine/core";
import type { ReactNode } from "react";

export interface DialogProps {
  title: string;
  onClose: () => void;
  size?: "md" | "lg";
  children: ReactNode;
}

/**
 * Something that lies over the page until it is closed. It moves and locks nothing, since the content security
 * policy stops the style that this takes; its head is no `header`, of which a page has one.
 */
export function Dialog({ title, onClose, size = "md", children }: DialogProps) {
  return (
    <Modal.Root opened onClose={onClose} size={size} transitionProps={{ duration: 0 }} lockScroll={false}>
      <Modal.Overlay />
      <Modal.Content>
        <Group justify="space-between" p="md" pb={0} wrap="nowrap">
          <Modal.Title fw={600}>{title}</Modal.Title>
          <Modal.CloseButton aria-label="Close" />
        </Group>
        <Modal.Body pt="sm">{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
