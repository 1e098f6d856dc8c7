import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { normalizeShortcut } from "./shortcuts";

/** The result, or the name of the error: so that an error where none should be is a failed assertion. */
function normal(text: string): string {
  try {
    return normalizeShortcut(text);
  } catch (error) {
    return (error as Error).name;
  }
}

describe("what is a shortcut", () => {
  const examples: Record<string, string[]> = {
    "Ctrl+Alt+Shift+Meta+K": ["Ctrl+Alt+Shift+Meta+K", "k+meta+shift+alt+ctrl", "WIN+Option+CONTROL+k+sHift"],
    "Ctrl+Shift+K": [" ctrl +  Shift\t+ k ", "shift+control+K", "Shift+K+Ctrl"],
    "Meta+1": ["meta+1", "Cmd+1", "command+1", "win+1", "1+Meta"],
    "Alt+Enter": ["alt+enter", "OPTION+ENTER"],
    "Ctrl+Meta+A": ["Meta+Ctrl+a"],
    "Shift+Meta+A": ["Meta+Shift+a"],
    Escape: ["esc", "Escape", " ESC "],
    Delete: ["del", "delete"],
    "Ctrl+Plus": ["ctrl+plus"],
    Space: ["space"],
    Tab: ["tab"],
    F: ["f"],
    F1: ["f1"],
    F9: ["F9"],
    "Shift+F10": ["f10+shift"],
    F12: ["f12"],
  };
  for (const [expected, texts] of Object.entries(examples)) {
    it(expected, () => {
      for (const text of texts) assert.equal(normal(text), expected, text);
    });
  }
});

describe("what is none", () => {
  it("says so", () => {
    assert.throws(() => normalizeShortcut("a+b"), { name: "SyntaxError", message: /key/ });
  });

  const examples = {
    "no key": ["ctrl", "Ctrl+Shift"],
    "two keys": ["a+b", "Ctrl+A+B", "Enter+Space", "k+k"],
    "a modifier twice": ["ctrl+ctrl+k", "Ctrl+Control+K", "cmd+win+k", "alt+a+option"],
    "an empty part": ["", " ", "+", "ctrl+", "+k", "ctrl++k", "ctrl++"],
    "an unknown part": ["f0", "f13", "f19", "F01", "hyper+k", "ab", "ctrl k", "ctrl-k", "#", "toString", "constructor"],
  };
  for (const [name, texts] of Object.entries(examples)) {
    it(name, () => {
      for (const text of texts) assert.equal(normal(text), "SyntaxError", text);
    });
  }
});
