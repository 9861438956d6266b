import type { Definition, GrantPart, HidePart, ObjectOperation, UserPart } from '../../definition/definition.js';
import { namesOf } from '../../definition/names.js';
import { isOwned } from '../../definition/ownership.js';
import { parsePermissionSet, type PermissionSetDocument } from '../../metadata/permission-set.js';
import { answerOr, type Answers, type Row } from '../../observation/question.js';
import { textAt } from '../../observation/row.js';
import { grantQuestions } from '../grant/grant-questions.js';
import { fieldCatalogue } from '../permissions/field-catalogue.js';
import {
  heldPermissions,
  readableObjects,
  sameName,
  visibleThrough,
  type HeldPermissions,
  type PermissionSource,
} from '../permissions/held-permissions.js';
import { existingUserQuestions, flagsOf, integrationOf, type Subject } from './questions.js';
import { sharePart } from './share-part.js';

/** The definition that describes a user as the org has it, or null where there is no such user or no integration is known. */
export function definitionOfUser(subject: Subject, answers: Answers): Definition | null {
  const user = answerOr(answers, existingUserQuestions.user(subject.username), [])[0];
  const integration = integrationOf(subject, answers);
  if (user === undefined || integration === null) return null;
  const held = heldPermissions(subject.username, answers);
  const owned = answerOr(answers, grantQuestions.ownedSet(namesOf(integration).accessSet), null);
  const foreign = held.sources.filter((source) => isForeignSet(source, integration));
  return {
    integration,
    username: textAt(user, 'Username') ?? subject.username,
    user: userPart(user, integration, foreign),
    grant: owned === null ? null : grantPart(parsePermissionSet(owned), integration, answers),
    hide: hidePart(held, integration, answers),
    share: sharePart(integration, answers),
  };
}

function userPart(user: Row, integration: string, foreign: readonly PermissionSource[]): UserPart {
  return {
    email: textAt(user, 'Email'),
    firstName: textAt(user, 'FirstName'),
    lastName: textAt(user, 'LastName') ?? integration,
    role: textAt(user, 'UserRole.DeveloperName'),
    profile: textAt(user, 'Profile.Name'),
    permissionSets: foreign.map(({ name }) => name).sort(),
    fields: {},
    reactivate: false,
    sendPasswordReset: false,
  };
}

function isForeignSet({ kind, description }: PermissionSource, integration: string): boolean {
  return kind !== 'profile' && !isOwned(description, integration);
}

function grantPart(document: PermissionSetDocument, integration: string, answers: Answers): GrantPart | null {
  const flags = flagsOf(integration, answers).map(({ object, field }) => `${object}.${field}`);
  const fields = document.fieldPermissions.filter(({ field }) => !flags.some((flag) => sameName(flag, field)));
  const objects = document.objectPermissions.filter(({ read }) => read);
  if (objects.length + fields.length + document.userPermissions.length === 0) return null;
  return {
    recipe: null,
    objects: Object.fromEntries(
      objects.map((permission) => [
        permission.object,
        (['read', 'create', 'edit', 'delete'] as const satisfies readonly ObjectOperation[]).filter(
          (operation) => permission[operation],
        ),
      ]),
    ),
    readFields: fields.filter(({ readable, editable }) => readable && !editable).map(({ field }) => field),
    editFields: fields.filter(({ editable }) => editable).map(({ field }) => field),
    systemPermissions: [...document.userPermissions].sort(),
    permissionSets: [],
    allowUnfiltered: false,
  };
}

/**
 * Where only the owned set gives fields, the grant says everything. Where the profile or another set gives some, the fields
 * that are not visible are listed, or those that are, whichever is shorter.
 */
function hidePart(held: HeldPermissions, integration: string, answers: Answers): HidePart | null {
  const { byObject } = fieldCatalogue(answers);
  const parts = readableObjects(held).flatMap((object) => {
    const all = byObject.get(object.toLowerCase()) ?? [];
    const visible = all.filter((field) => visibleThrough(held, field).length > 0);
    const givenByOthers = visible.some((field) =>
      visibleThrough(held, field).some(({ description }) => !isOwned(description, integration)),
    );
    const hidden = all.filter((field) => !visible.includes(field));
    return givenByOthers && hidden.length > 0 ? [{ object, visible, hidden }] : [];
  });
  if (parts.length === 0) return null;
  const listed = parts.filter(({ visible, hidden }) => hidden.length <= visible.length);
  const turnedRound = parts.filter(({ visible, hidden }) => hidden.length > visible.length);
  return {
    fields: listed.flatMap(({ hidden }) => hidden).sort(),
    securityClassification: [],
    complianceGroup: [],
    allExcept: Object.fromEntries(turnedRound.map(({ object, visible }) => [object, visible])),
  };
}
