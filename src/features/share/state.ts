import type { Definition, SharedObject, SharePart } from '../../definition/definition.js';
import { namesFor, type Names } from '../../definition/names.js';
import { answerOr, ask, type Answers, type Row } from '../../observation/question.js';
import { booleanAt, textAt } from '../../observation/row.js';
import { ownSetRow, permissionQuestions } from '../permissions/questions.js';
import { observedFlag, observedModels, observedRules, type ObservedFlag, type ObservedRules } from './observed.js';
import { concernedObjects, peopleQuestions, shareQuestions } from './questions.js';
import type { Models } from './sharing-models.js';

export type ObservedObject = {
  readonly name: string;
  /** As the org spells it. */
  readonly exactName: string;
  /** Null where the object does not exist. */
  readonly metadata: Row | null;
  readonly models: Models | null;
  readonly namespace: string | null;
};

export type SharedState = ObservedObject & {
  readonly request: SharedObject;
  readonly flag: ObservedFlag | null;
  readonly rules: ObservedRules;
  /** The integration user may read the object, whatever the source. */
  readonly userReads: boolean;
};

export type Person = {
  readonly id: string;
  readonly username: string;
  readonly isActive: boolean;
  readonly roleId: string | null;
};

/** Everything the share feature knows, typed; built once from the answers. */
export type ShareState = {
  readonly definition: Definition;
  readonly share: SharePart;
  readonly integration: string;
  readonly names: Names;
  readonly runningUser: string;
  readonly edition: string;
  readonly objects: readonly ObservedObject[];
  readonly shared: readonly SharedState[];
  readonly models: ReadonlyMap<string, Models>;
  readonly people: ReadonlyMap<string, Person>;
  readonly user: Person | null;
  readonly group: {
    readonly id: string;
    readonly label: string;
    readonly description: string | null;
    readonly includesBosses: boolean;
  } | null;
  readonly members: ReadonlyArray<{ readonly id: string; readonly userOrGroupId: string }>;
  readonly editorSet: { readonly id: string; readonly description: string } | null;
  readonly editorFields: readonly Row[];
  readonly editorAssignees: readonly string[];
  readonly answers: Answers;
};

export function shareState(definition: Definition, share: SharePart, answers: Answers): ShareState {
  const names = namesFor(definition);
  const rowsOf = (question: ReturnType<typeof ask.records>): readonly Row[] => answerOr(answers, question, []);
  const identity = answers.get(ask.identity);
  const runningUser = identity?.ok === true ? identity.value.username : '';
  const objects = concernedObjects(share).map((sobject) => observedObject(sobject, answers, concernedObjects(share)));
  const people = peopleByUsername(peopleQuestions(definition, share, runningUser).flatMap(rowsOf));
  const group = rowsOf(shareQuestions.group(names.group))[0];
  const editorSet = ownSetRow('editorSet', names, answers);
  const readable = readableObjects(rowsOf(permissionQuestions.objects(definition.username)));
  return {
    definition,
    share,
    integration: definition.integration ?? '',
    names,
    runningUser,
    edition: textAt(rowsOf(shareQuestions.organization)[0] ?? {}, 'OrganizationType') ?? '',
    objects,
    shared: share.objects.map((request) => sharedState(request, definition, objects, readable, answers)),
    models: new Map(
      objects.flatMap((object) => (object.models === null ? [] : [[object.name, object.models] as const])),
    ),
    people,
    user: people.get(definition.username.toLowerCase()) ?? null,
    group:
      group === undefined
        ? null
        : {
            id: textAt(group, 'Id') ?? '',
            label: textAt(group, 'Name') ?? '',
            description: textAt(group, 'Description'),
            includesBosses: booleanAt(group, 'DoesIncludeBosses'),
          },
    members: rowsOf(shareQuestions.members(names.group)).map((row) => ({
      id: textAt(row, 'Id') ?? '',
      userOrGroupId: textAt(row, 'UserOrGroupId') ?? '',
    })),
    editorSet:
      editorSet === null
        ? null
        : { id: textAt(editorSet, 'Id') ?? '', description: textAt(editorSet, 'Description') ?? '' },
    editorFields: rowsOf(shareQuestions.editorFields(names.editorSet)),
    editorAssignees: rowsOf(shareQuestions.editorAssignments(names.editorSet)).flatMap((row) => {
      const username = textAt(row, 'Assignee.Username');
      return username === null ? [] : [username.toLowerCase()];
    }),
    answers,
  };
}

function observedObject(sobject: string, answers: Answers, concerned: readonly string[]): ObservedObject {
  const metadata = answerOr(answers, shareQuestions.object(sobject), null);
  const entities = answerOr(answers, permissionQuestions.entities(concerned), []);
  const entity = entities.find((row) => textAt(row, 'QualifiedApiName')?.toLowerCase() === sobject.toLowerCase());
  return {
    name: sobject,
    exactName: textAt(entity ?? {}, 'QualifiedApiName') ?? sobject,
    metadata,
    models: observedModels(metadata),
    namespace: textAt(entity ?? {}, 'NamespacePrefix'),
  };
}

function sharedState(
  request: SharedObject,
  definition: Definition,
  objects: readonly ObservedObject[],
  readable: ReadonlySet<string>,
  answers: Answers,
): SharedState {
  const missing: ObservedObject = {
    name: request.object,
    exactName: request.object,
    metadata: null,
    models: null,
    namespace: null,
  };
  const object = objects.find((candidate) => candidate.name === request.object) ?? missing;
  return {
    ...object,
    request,
    flag: observedFlag(object.metadata, namesFor(definition).flagField),
    rules: observedRules(request.object, answerOr(answers, shareQuestions.rules(request.object), null)),
    userReads: readable.has(request.object),
  };
}

function readableObjects(rows: readonly Row[]): ReadonlySet<string> {
  return new Set(
    rows.filter((row) => booleanAt(row, 'PermissionsRead')).map((row) => textAt(row, 'SobjectType') ?? ''),
  );
}

function peopleByUsername(rows: readonly Row[]): ReadonlyMap<string, Person> {
  return new Map(
    rows.map((row) => {
      const username = textAt(row, 'Username') ?? '';
      const person = {
        id: textAt(row, 'Id') ?? '',
        username,
        isActive: booleanAt(row, 'IsActive'),
        roleId: textAt(row, 'UserRoleId'),
      };
      return [username.toLowerCase(), person] as const;
    }),
  );
}
