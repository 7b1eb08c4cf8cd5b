// Makes penguins.json and cars.json from the npm package vega-datasets, unpacked:
//   npm pack vega-datasets@3.2.1 && tar -xzf vega-datasets-3.2.1.tgz && node reduce.js package/data
// Keeps complete rows only, with their number in the original file.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const from = process.argv[2];
if (from === undefined) throw new Error("missing argument: the data folder of vega-datasets");

reduce("penguins.json", {
  species: "Species",
  beak_length_mm: "Beak Length (mm)",
  beak_depth_mm: "Beak Depth (mm)",
  flipper_length_mm: "Flipper Length (mm)",
  body_mass_g: "Body Mass (g)",
  sex: "Sex",
});
reduce("cars.json", {
  miles_per_gallon: "Miles_per_Gallon",
  cylinders: "Cylinders",
  displacement: "Displacement",
  horsepower: "Horsepower",
  weight_in_lbs: "Weight_in_lbs",
  acceleration: "Acceleration",
  year: "Year",
  origin: "Origin",
});

/** @param {string} file @param {Record<string, string>} columns our name of each column, and the file's */
function reduce(file, columns) {
  const rows = JSON.parse(readFileSync(join(from, file), "utf8")).flatMap((record, index) => {
    const values = Object.values(columns).map((name) => record[name]);
    // One penguin's sex is a dot.
    if (values.some((value) => value === null || value === ".")) return [];
    return [
      [index, ...values.map((value) => (/^\d{4}-01-01$/u.test(value) ? Number(value.slice(0, 4)) : value))],
    ];
  });
  const names = JSON.stringify(["row", ...Object.keys(columns)]);
  const lines = rows.map((row) => `    ${JSON.stringify(row)}`).join(",\n");
  writeFileSync(new URL(file, import.meta.url), `{\n  "columns": ${names},\n  "rows": [\n${lines}\n  ]\n}\n`);
}
