import { shortenLabel, toApiName } from './api-name.js';
import type { Definition } from './definition.js';

/** Salesforce's limits: CustomField 40 without `__c`, labels of fields and public groups 40, everything else 80. */
const fieldNameLength = 40;
const shortLabelLength = 40;
const longLength = 80;

/** What the plugin calls the things it owns. The same integration always gets the same names: no state file is needed. */
export type Names = {
  /** Permission set with what the integration user may do. */
  readonly accessSet: string;
  readonly accessSetLabel: string;
  /** Permission set of the people who may tick the flag. */
  readonly editorSet: string;
  readonly editorSetLabel: string;
  readonly group: string;
  readonly groupLabel: string;
  /** With `__c`. */
  readonly flagField: string;
  readonly flagLabel: string;
  readonly rule: string;
  readonly ruleLabel: string;
};

export function namesOf(integration: string, flagLabel: string = defaultFlagLabel(integration)): Names {
  const flagName = toApiName(flagLabel, fieldNameLength);
  return {
    accessSet: suffixed(integration, '_Integration_Access'),
    accessSetLabel: suffixedLabel(integration, ' Integration Access', longLength),
    editorSet: suffixed(integration, '_Flag_Editor'),
    editorSetLabel: suffixedLabel(integration, ' Flag Editor', longLength),
    group: suffixed(integration, '_Integration'),
    groupLabel: suffixedLabel(integration, ' Integration', shortLabelLength),
    flagField: `${flagName}__c`,
    flagLabel: shortenLabel(flagLabel, shortLabelLength),
    rule: toApiName(flagLabel, longLength),
    ruleLabel: shortenLabel(flagLabel, longLength),
  };
}

/** The names of a definition's integration. */
export function namesFor({ integration, share }: Pick<Definition, 'integration' | 'share'>): Names {
  return namesOf(integration ?? '', share?.flagLabel);
}

export function defaultFlagLabel(integration: string): string {
  return `Send to ${integration}`;
}

export function defaultLastName(integration: string): string {
  return shortenLabel(`${integration} Integration`, longLength);
}

function suffixed(integration: string, suffix: string): string {
  return toApiName(integration, longLength - suffix.length) + suffix;
}

function suffixedLabel(integration: string, suffix: string, maxLength: number): string {
  return shortenLabel(integration, maxLength - suffix.length) + suffix;
}
