import { Code, Stack, Tabs, Text } from "@mantine/core";

import { CopyText } from "../../components/copy-text.js";
import classes from "./first-steps.module.css";

/** What to do where nothing has been logged yet: code to copy, for this store. */
export function FirstSteps({ store }: { store: string }) {
  return (
    <Stack gap="sm">
      <Text>
        Nothing has been logged into {store} yet. This page shows the first experiment as soon as it is
        logged.
      </Text>
      <Tabs defaultValue="python">
        <Tabs.List>
          <Tabs.Tab value="python">Python</Tabs.Tab>
          <Tabs.Tab value="typescript">TypeScript</Tabs.Tab>
          <Tabs.Tab value="demo">To look around</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="python" pt="sm">
          <Snippet text={python(store)} what="the Python code" />
        </Tabs.Panel>
        <Tabs.Panel value="typescript" pt="sm">
          <Snippet text={typescript(store)} what="the TypeScript code" />
        </Tabs.Panel>
        <Tabs.Panel value="demo" pt="sm">
          <Text size="sm" mb={6}>
            Log the demo's twenty experiments, real models on real data:
          </Text>
          <Snippet text={`ml-tracking demo --store ${shellWord(store)}`} what="the command" />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

function Snippet({ text, what }: { text: string; what: string }) {
  return (
    <div className={classes.snippet}>
      <Code block tabIndex={0}>
        {text}
      </Code>
      <div className={classes.copy}>
        <CopyText text={text} what={what} />
      </div>
    </div>
  );
}

function shellWord(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function python(store: string): string {
  return `from ml_tracking import log_experiment
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

X, y = load_iris(return_X_y=True, as_frame=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = RandomForestClassifier(random_state=0).fit(X_train, y_train)

log_experiment(
    kind="classification",
    project="iris",
    parameters={
        "dataset_uri": "sklearn/iris",
        "target_column": "species",
        "test_set": X_test.index,
        "model": model,
    },
    y_true=y_test,
    y_pred=model.predict(X_test),
    y_score=model.predict_proba(X_test),
    store=${JSON.stringify(store)},
)`;
}

function typescript(store: string): string {
  return `import { logExperiment } from "ml-tracking";

// Or your model object itself.
const model = { name: "MajorityClass", parameters: { strategy: "most_frequent" } };
await logExperiment({
  kind: "classification",
  project: "first-steps",
  parameters: {
    datasetUri: "data/pets.csv",
    targetColumn: "species",
    testSet: [11, 12, 13, 14],
    model,
  },
  yTrue: ["cat", "dog", "cat", "cat"],
  yPred: ["cat", "cat", "cat", "cat"],
  positiveLabel: "dog",
  store: ${JSON.stringify(store)},
});`;
}
