import { Container, Skeleton, Stack, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Navigate } from "@tanstack/react-router";

import { mlflowExperimentQuery } from "../../api/queries.js";
import { ErrorBox } from "../../components/error-box.js";

const route = getRouteApi("/mlflow/experiments/$number");

/** Leads from the number that MLflow's clients print to the runs of the project that they know by it. */
export function MlflowExperimentPage() {
  const { number } = route.useParams();
  const { data, error } = useQuery(mlflowExperimentQuery(number));
  if (data) return <Navigate to="/projects/$project/runs" params={{ project: data.project }} replace />;
  return (
    <Container size="sm" py="lg">
      <Stack gap="sm">
        <Title order={1} size="h3">
          Experiment {number} of MLflow
        </Title>
        {error ? <ErrorBox error={error} /> : <Skeleton height={60} />}
      </Stack>
    </Container>
  );
}
