import { Container, Text, Title } from "@mantine/core";
import { PageLink } from "./page-link.js";

export function NotFound() {
  return (
    <Container size="sm" py="xl">
      <Title order={1} size="h2">
        Page not found
      </Title>
      <Text mt="sm">
        The address may be incomplete. <PageLink to="/">See all projects</PageLink>.
      </Text>
    </Container>
  );
}
