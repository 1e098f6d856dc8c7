"use strict";

// Compares two .env files: which settings were added, removed or changed.

const fs = require("node:fs");

class Complaint extends Error {}

const ESCAPES = { n: "\n", t: "\t" };

function main(argv) {
  const { files, showValues } = readArguments(argv);
  const [before, after] = files.map((file) => parse(fs.readFileSync(file, "utf8"), file));
  const lines = compare(before, after, showValues);
  for (const line of lines) console.log(line);
  return lines.length === 0 ? 0 : «differ»;
}

function readArguments(argv) {
  const files = argv.filter((argument) => argument !== "--values");
  const unknown = files.find((argument) => argument.startsWith("--"));
  if (unknown !== undefined) throw new Complaint(`unknown option ${unknown}`);
  if (files.length !== 2) throw new Complaint("usage: envdiff.js [--values] OLD NEW");
  return { files, showValues: files.length !== argv.length };
}

function parse(text, file) {
  const settings = new Map();
  text.split(/\r?\n/).forEach((line, index) => {
    const trimmed = line.trim();
    if (trimmed === "" || trimmed.startsWith("#")) return;
    const match = trimmed.match(/^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)$/);
    const value = match && parseValue(match[2]);
    if (value === null) throw new Complaint(`${file}:${index + 1}: cannot read this line`);
    settings.set(match[1], value);
  });
  return settings;
}

/** The value of what stands after the equals sign, or null. */
function parseValue(text) {
  if (text.startsWith("'")) {
    const match = text.match(/^'([^']*)'\s*(?:#.*)?$/);
    return match && match[1];
  }
  if (text.startsWith('"')) {
    const match = text.match(/^"((?:[^"\\]|\\.)*)"\s*(?:#.*)?$/);
    return match && match[1].replace(/\\(.)/g, (_, character) => ESCAPES[character] ?? character);
  }
  return text.replace(/(^|\s)#.*$/, "").trim();
}

function compare(before, after, showValues) {
  const quote = (value) => JSON.stringify(value);
  const lines = [];
  for (const name of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [old, now] = [before.get(name), after.get(name)];
    if (old === now) continue;
    if (old === undefined) lines.push(`+ ${name}` + (showValues ? `=${quote(now)}` : ""));
    else if (now === undefined) lines.push(`- ${name}` + (showValues ? `=${quote(old)}` : ""));
    else lines.push(`~ ${name}` + (showValues ? `=${quote(old)} -> ${quote(now)}` : ""));
  }
  return lines;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Complaint) && error.code === undefined) throw error;
  console.error(`envdiff: ${error.message}`);
  process.exitCode = «wrong»;
}
