import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { publishedSchema } from '../../../src/definition/schema.js';

describe('the published schema of definitions', () => {
  it('Given the schema in the code, When compared with the file that is shipped, Then they are the same', () => {
    const shipped: unknown = JSON.parse(
      readFileSync(new URL('../../../schemas/definition.schema.json', import.meta.url), 'utf8'),
    );

    expect(shipped).toEqual(JSON.parse(JSON.stringify(publishedSchema())));
  });
});
