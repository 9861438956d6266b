import type { Quirks } from '../../org/settings.ts';
import type { ObjectDefinition } from '../definitions.ts';
import { account } from './account.ts';
import { caseObject } from './case.ts';
import { contact } from './contact.ts';
import * as activities from './activity.ts';
import * as commerce from './commerce.ts';
import * as customization from './customization.ts';
import * as groups from './groups.ts';
import { lead } from './lead.ts';
import * as marketing from './marketing.ts';
import * as monitoring from './monitoring.ts';
import * as opportunities from './opportunity.ts';
import { organization } from './organization.ts';
import * as permissions from './permissions.ts';
import { withPersonAccounts } from './person-account.ts';
import * as teams from './teams.ts';
import * as users from './user.ts';

/** Every standard object whose rows the org stores. */
export function standardObjects(quirks: Pick<Quirks, 'person-accounts'>): readonly ObjectDefinition[] {
  const objects = objectsByFamily();
  return quirks['person-accounts'] === 'on' ? objects.map(withPersonAccounts) : objects;
}

function objectsByFamily(): readonly ObjectDefinition[] {
  return [
    account,
    contact,
    lead,
    caseObject,
    ...Object.values(opportunities),
    ...Object.values(marketing),
    ...Object.values(commerce),
    ...Object.values(activities),
    ...Object.values(teams),
    ...Object.values(customization),
    ...Object.values(users),
    ...Object.values(permissions),
    ...Object.values(groups),
    ...Object.values(monitoring),
    organization,
  ];
}
