import type { Connection } from '@salesforce/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import { withRecipe } from '../../src/definition/recipe.js';
import { loadRecipe, recipeNames } from '../../src/recipes/load.js';
import { practiceUsername } from '../support/engine.ts';
import {
  findingsOf,
  grantPart,
  hidePart,
  integrationUserOn,
  newProfile,
  run,
  visibleFields,
} from '../support/fields.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';

let server: PracticeServer;
let client: PracticeClient;
let connection: Connection;

beforeEach(async () => {
  server = await startPracticeServer({ records: 4 });
  client = new PracticeClient(() => server);
  connection = await connectTo(server);
  await integrationUserOn(client, newProfile, practiceUsername);
});
afterEach(async () => {
  await server.close();
});

describe('Given the recipes that come with the plugin', () => {
  it('When each is applied, Then it applies cleanly, and what it would void is shown', async () => {
    for (const name of await recipeNames()) {
      const recipe = await loadRecipe(name);
      const outcome = await run(connection, {
        integration: recipe.vendor,
        grant: withRecipe(grantPart({ recipe: name }), recipe),
      });
      const wishes = outcome.result.findings.filter(({ code }) => code === 'VendorWishNotGranted');
      expect({ name, exitCode: outcome.exitCode, wishes: wishes.map(({ subject }) => subject) }).toEqual({
        name,
        exitCode: 0,
        wishes: recipe.wishes.map(({ permission }) => permission),
      });
    }
  });

  it('When HubSpot’s is looked at, Then both variants stand there with their links and what HubSpot says of support', async () => {
    const { result } = await run(
      connection,
      { grant: withRecipe(grantPart(), await loadRecipe('hubspot')) },
      { dryRun: true },
    );
    const texts = result.findings.map(({ message }) => message).join('\n');
    expect(texts).toMatch(
      /Modify All[^\n]*https:\/\/knowledge\.hubspot\.com[^]*isn't supported by HubSpot's customer support[^\n]*https:\/\/www\.hubspot\.com\/salesforce-selective-sync/,
    );
  });

  it('When a field that the vendor needs is hidden, Then it is hidden, and the user is warned what fails', async () => {
    const outcome = await run(connection, {
      integration: 'Marketo',
      grant: withRecipe(grantPart(), await loadRecipe('marketo')),
      hide: hidePart({ fields: ['Contact.Email'] }),
    });
    const visible = await visibleFields(client, 'Contact', await client.tokenOf(practiceUsername));
    expect({
      warning: outcome.result.findings.find(({ code }) => code === 'VendorNeedsField')?.message,
      visible: visible.has('Contact.Email'),
    }).toEqual({ warning: expect.stringContaining('Marketo sync fails without it') as string, visible: false });
  });

  it('When the vendor listens to change events, Then it is said that these ignore sharing', async () => {
    const recipe = await loadRecipe('workato');
    const outcome = await run(connection, { integration: 'Workato', grant: withRecipe(grantPart(), recipe) });
    expect(findingsOf(outcome)).toContain('warning ChangeEventsIgnoreSharing Workato');
  });

  it('When the org lacks what only the recipe asks for, Then it is left out and said', async () => {
    const recipe = await loadRecipe('gong');
    const asked = { ...recipe, objects: { ...recipe.objects, Quote: ['read'] as const }, readFields: ['Account.Sic9'] };
    const outcome = await run(connection, { grant: withRecipe(grantPart(), asked) });
    expect({ exitCode: outcome.exitCode, findings: findingsOf(outcome) }).toEqual({
      exitCode: 0,
      findings: expect.arrayContaining(['info RecipeNotInOrg Quote', 'info RecipeNotInOrg Account.Sic9']) as string[],
    });
  });
});
