import { describe, expect, it } from "vitest";

import { type DemoRun, demoRuns } from "../../src/demo/demo-runs.js";
import { SmallNetwork } from "../../src/demo/small-network.js";

function trained(run: DemoRun) {
  const course: Record<string, number>[] = [];
  const experiment = run.train!((step, metrics) => {
    expect(step).toBe(course.length);
    course.push(metrics);
  });
  return { course, experiment };
}
const named = (project: string, name: string) =>
  demoRuns().find((run) => run.project === project && run.name === name)!;

describe("the demo's runs", () => {
  it("are a sweep with children, and boosted trees, of different names", () => {
    const runs = demoRuns();
    expect(new Set(runs.map(({ project, name }) => `${project} ${name}`)).size).toBe(runs.length);
    expect(runs.filter(({ parent }) => parent === "learning rate and seed")).toHaveLength(6);
    expect(runs.filter(({ project }) => project === "boosting")).toHaveLength(3);
  });

  it("learn: the network's loss falls, the same on every run", () => {
    const { course, experiment } = trained(named("networks", "rate 0.01, seed 1"));
    expect(course).toHaveLength(60);
    expect(course[0]!["train/loss"]).toBeGreaterThan(0.3);
    expect(course.at(-1)!["train/loss"]).toBeLessThan(0.05);
    const right = experiment.yTrue.filter((label, i) => label === experiment.yPred[i]).length;
    expect(right / experiment.yTrue.length).toBe(course.at(-1)!["test/accuracy"]);
    expect(trained(named("networks", "rate 0.01, seed 1")).course).toEqual(course);
  });

  it("overfit where the learning rate is high: boosting's error on the test set rises, on training it falls", () => {
    const { course, experiment } = trained(named("boosting", "rate 0.9"));
    const of = (name: string) => course.map((metrics) => metrics[name]!);
    expect(of("train/rmse").every((value, i, all) => i === 0 || value <= all[i - 1]!)).toBe(true);
    expect(Math.min(...of("test/rmse"))).toBeLessThan(of("test/rmse").at(-1)! - 0.2);
    expect(experiment.yPred.every(Number.isFinite)).toBe(true);
  });
});

it("a network of the demo follows the slope of its loss", () => {
  const rows = [
    [0.5, -1],
    [1, 2],
    [-1.5, 0.3],
  ];
  const labels = [0, 1, 1];
  const rate = 1e-4;
  const network = new SmallNetwork(2, 2, { hidden: 3, learningRate: rate, seed: 1 });
  const before = network.fit(rows, labels).loss;
  for (let i = 0; i < 50; i++) network.trainEpoch(rows, labels);
  const after = network.fit(rows, labels).loss;
  expect(after).toBeLessThan(before);
});
