import type { MetadataComponent } from './component.js';

export type PublicGroup = {
  /** DeveloperName. */
  readonly name: string;
  readonly label: string;
  /** Part of the schema from API 62. */
  readonly description: string | null;
  /** "Grant Access Using Hierarchies": true gives the records to the members' managers too. */
  readonly doesIncludeBosses: boolean;
};

/** Members are rows (GroupMember), never metadata. */
export function publicGroup(group: PublicGroup): MetadataComponent {
  const { name, label, description, doesIncludeBosses } = group;
  return {
    type: 'Group',
    fullName: name,
    body: { ...(description === null ? {} : { description }), doesIncludeBosses, name: label },
  };
}
