import { Anchor, Container, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";

export function NotFound() {
  return (
    <Container size="sm" py="xl">
      <Title order={1} size="h2">
        There is no such page
      </Title>
      <Text mt="sm">
        The address may be incomplete.{" "}
        <Anchor component={Link} to="/">
          See all projects
        </Anchor>
        .
      </Text>
    </Container>
  );
}
