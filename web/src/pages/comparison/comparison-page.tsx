import { Alert, Breadcrumbs, Container, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { experimentQuery } from "../../api/queries.js";
import { ErrorBox } from "../../components/error-box.js";
import { PageLink } from "../../components/page-link.js";
import { useComparisonAddress } from "./address.js";
import { ChoosePair } from "./choose-pair.js";
import { PairView } from "./pair-view.js";
import { SideBySide } from "./side-by-side.js";

const OverlaidPlots = lazy(() => import("./overlaid-plots.js"));

/** More columns are not read side by side, and more curves not told apart. */
const mostExperiments = 20;

/** Experiments compared: two of them sample by sample, with a verdict, and all of them side by side. */
export function ComparisonPage() {
  const { search } = useComparisonAddress();
  const all = [...new Set(search.id ?? [])];
  const ids = all.slice(0, mostExperiments);
  const found = useQueries({ queries: ids.map((id) => experimentQuery(id)) });
  const experiments = found.flatMap(({ data }) => data ?? []);
  const error = found.find((each) => each.error)?.error;
  const project = experiments[0]?.project;
  const [a = "", b = ""] = chosenPair(ids, search.a, search.b);
  const isWhole = experiments.length === ids.length && ids.length > 1;
  return (
    <Container fluid py="md" px="md" maw={1700}>
      <title>Compare experiments · ml-tracking</title>
      <Stack gap="md">
        <div>
          <Breadcrumbs>
            <PageLink to="/" size="sm">
              Projects
            </PageLink>
            {project && (
              <PageLink to="/projects/$project" params={{ project }} size="sm">
                {project}
              </PageLink>
            )}
          </Breadcrumbs>
          <Title order={1} size="h3">
            Compare experiments
          </Title>
        </div>
        {error && <ErrorBox error={error} />}
        {ids.length < 2 && (
          <Text c="dimmed">
            Choose two experiments or more in a project's table (the boxes at the left of its rows), then
            Compare.
          </Text>
        )}
        {all.length > ids.length && (
          <Alert color="orange" p="xs">
            {all.length} experiments were chosen; the first {mostExperiments} are shown.
          </Alert>
        )}
        {!error && !isWhole && ids.length > 1 && <Skeleton height={300} />}
        {isWhole && (
          <>
            <ChoosePair experiments={experiments} a={a} b={b} />
            <PairView key={`${a}-${b}`} pair={{ a, b, shared: shared(search.shared) }} />
            <SideBySide experiments={experiments} />
            <Suspense fallback={<Skeleton height={400} />}>
              <OverlaidPlots experiments={experiments} />
            </Suspense>
          </>
        )}
      </Stack>
    </Container>
  );
}

function shared(text: string | undefined): "true" | undefined {
  return text === "true" ? "true" : undefined;
}

/** Those that the address names, else the first two. */
function chosenPair(ids: readonly string[], a: string | undefined, b: string | undefined): string[] {
  const first = a !== undefined && ids.includes(a) ? a : ids.find((id) => id !== b);
  const second = b !== undefined && ids.includes(b) && b !== first ? b : ids.find((id) => id !== first);
  return [first, second].filter((id) => id !== undefined);
}
