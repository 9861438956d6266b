import {
  checkbox,
  date,
  datetime,
  field,
  integer,
  longText,
  ownerField,
  picklist,
  queueableOwnerField,
  reference,
  restricted,
  text,
  unsecured,
} from '../notation.ts';
import { object, ownedObject } from '../object-notation.ts';

const who = { relationshipName: 'Who', label: 'Name ID' };
const what = { relationshipName: 'What', label: 'Related To ID' };
const related = 'Account,Asset,Campaign,Case,Contract,Opportunity,Order,Product2';

export const task = object(
  'Task',
  '00T',
  [
    reference('WhoId', 'Contact,Lead', undefined, { ...who, children: 'Tasks' }),
    reference('WhatId', related, undefined, { ...what, children: 'Tasks' }),
    field('Subject', 'combobox', 'CUFSN', { length: 255, nameField: true, ...unsecured }),
    date('ActivityDate', undefined, { label: 'Due Date Only' }),
    picklist('Status', '*Not Started;In Progress;Completed;Waiting on someone else;Deferred', 'CUFSG'),
    picklist('Priority', 'High;*Normal;Low', 'CUFSG'),
    checkbox('IsHighPriority', 'FSG', { label: 'High Priority' }),
    queueableOwnerField,
    longText('Description', 32000, 'CUN', { label: 'Comments' }),
    picklist('Type', 'Call;Email;Meeting;Other'),
    reference('AccountId', 'Account', 'FSGN', { children: 'ActivityHistories' }),
    checkbox('IsClosed', 'FSG', { label: 'Closed' }),
    checkbox('IsArchived', 'FSG', { label: 'Archived' }),
    datetime('CompletedDateTime', 'FSN'),
  ],
  { ...ownedObject },
);

export const event = object(
  'Event',
  '00U',
  [
    reference('WhoId', 'Contact,Lead', undefined, { ...who, children: 'Events' }),
    reference('WhatId', related, undefined, { ...what, children: 'Events' }),
    field('Subject', 'combobox', 'CUFSN', { length: 255, nameField: true, ...unsecured }),
    text('Location', 255),
    checkbox('IsAllDayEvent', undefined, { label: 'All-Day Event' }),
    datetime('ActivityDateTime', 'CUFSN', { label: 'Due Date Time', ...unsecured }),
    date('ActivityDate', undefined, { label: 'Due Date Only', ...unsecured }),
    integer('DurationInMinutes', undefined, { label: 'Duration', ...unsecured }),
    datetime('StartDateTime', 'CUFSN', { label: 'Start Date Time', ...unsecured }),
    datetime('EndDateTime', 'CUFSN', { label: 'End Date Time', ...unsecured }),
    longText('Description', 32000),
    reference('AccountId', 'Account', 'FSGN'),
    ownerField,
    picklist('Type', 'Email;Meeting;Other;Call'),
    checkbox('IsPrivate', undefined, { label: 'Private', ...unsecured }),
    restricted('ShowAs', '*Busy;OutOfOffice=Out of Office;Free', undefined, {
      label: 'Show Time As',
      length: 40,
      ...unsecured,
    }),
    checkbox('IsArchived', 'FSG', { label: 'Archived' }),
  ],
  { ...ownedObject },
);
