// Which calls were made and how they went.

import assert from "node:assert/strict";

const calls = [];

/** Makes one call; whatever it throws turns it red. The result is handed on, so that later calls can use it. */
export async function call(name, make) {
  try {
    const result = await make();
    calls.push({ name });
    return result;
  } catch (error) {
    calls.push({ name, why: error.message.split("\n").slice(0, 12).join("\n    ") });
    return undefined;
  }
}

/** One part of the run; what goes wrong between its calls is told as well. */
export async function whole(part) {
  try {
    await part();
  } catch (error) {
    calls.push({ name: `between the calls of ${part.name}`, why: error.message });
  }
}

/** The data of a call that must succeed. */
export function data({ data, error }) {
  assert.equal(error, null, `refused: ${JSON.stringify(error)}`);
  return data;
}

/** A call that must be refused so. */
export function refused({ data, error }, status, code) {
  assert.ok(error, `answered: ${JSON.stringify(data)}`);
  assert.deepEqual([error.status, error.code], [status, code], JSON.stringify(error));
}

/** Every field of the object is of its kind; `?` allows null and absence. */
export function shaped(object, shape) {
  for (const [name, kind] of Object.entries(shape)) {
    const value = object?.[name];
    if (kind.endsWith("?") && (value === null || value === undefined)) continue;
    const wanted = kind.replace("?", "");
    const is = value instanceof Date ? "date" : Array.isArray(value) ? "list" : typeof value;
    assert.equal(is, wanted, `${name} of ${JSON.stringify(object)}`);
  }
}

/** The last line, and the red ones before it. */
export function tell() {
  const red = calls.filter((one) => one.why !== undefined);
  for (const one of calls) console.log(`${one.why === undefined ? "green" : "RED  "} ${one.name}`);
  for (const one of red) console.log(`\n${one.name}:\n    ${one.why}`);
  console.log(`\n${calls.length} calls, ${calls.length - red.length} green`);
  return red.length;
}
