import { industries, ratings, sources } from '../schema/catalogue/picklists.ts';

const halfHours = 48;
const creationDays = 1000;
const firstDay = Date.UTC(2021, 0, 4);

/** Moments of the past at which seeded rows came into being. */
export const creationTimes: readonly string[] = Array.from({ length: creationDays }, (_, day) => {
  const offset = (day * 24 + ((day * 7) % halfHours) / 2) * 3_600_000;
  return new Date(firstDay + offset).toISOString().replace('Z', '+0000');
});

export const closeDates: readonly string[] = Array.from({ length: 400 }, (_, day) =>
  new Date(firstDay + (day * 4 + 30) * 86_400_000).toISOString().slice(0, 10),
);

export const industryValues = industries.split(';');
export const ratingValues = [...ratings.split(';'), null];
export const sourceValues = [...sources.split(';'), null];
export const accountTypes = [
  'Prospect',
  'Customer - Direct',
  'Customer - Channel',
  'Technology Partner',
  'Other',
  null,
];
export const ownerships = ['Public', 'Private', 'Subsidiary', null];
export const revenues = [120_000, 480_000, 950_000, 2_400_000, 7_800_000, 31_000_000, 120_000_000, null];
export const amounts = [4_500, 12_000, 38_000, 64_000, 150_000, 420_000, null];
export const headcounts = [4, 18, 55, 140, 620, 2_100, 12_500, null];

export const companyNames = [
  'Alder & Sons',
  'Borealis Logistics',
  'Cobalt Foods',
  'Delta Instruments',
  'Ember Textiles',
  'Fjord Energy',
  'Granite Insurance',
  'Harbor Clinics',
  'Iris Media',
  'Juniper Retail',
  'Kestrel Aviation',
  'Lumen Software',
  'Meridian Banking',
  'Nimbus Telecom',
  'Orchard Farms',
  'Pinnacle Construction',
];
export const firstNames = [
  'Ana',
  'Ben',
  'Chloé',
  'David',
  'Elif',
  'Farid',
  'Greta',
  'Hugo',
  'Ines',
  'Jürgen',
  'Kenji',
  'Lena',
  null,
];
export const lastNames = [
  'Abadi',
  'Bauer',
  'Costa',
  'Dubois',
  'Ekström',
  'Fischer',
  'García',
  'Hansen',
  "O'Brien",
  'Sørensen',
  'Tanaka',
  'Zhou',
];
export const salutationValues = ['Mr.', 'Ms.', 'Dr.', null];
export const titles = ['Buyer', 'Chief Executive Officer', 'Head of Operations', 'IT Manager', 'VP Finance', null];
export const departments = ['Finance', 'Information Technology', 'Operations', 'Purchasing', null];
export const subjects = [
  'Cannot sign in',
  'Delivery delayed',
  'Invoice question',
  'Motor makes a noise',
  'Request for a spare part',
  'Wrong item delivered',
];

export type Place = {
  readonly street: string;
  readonly city: string;
  readonly state: string | null;
  readonly postalCode: string;
  readonly country: string;
};
export const places: readonly Place[] = [
  { street: '12 Harbor Way', city: 'San Francisco', state: 'CA', postalCode: '94105', country: 'USA' },
  { street: '480 Lake Street', city: 'Chicago', state: 'IL', postalCode: '60601', country: 'USA' },
  { street: '7 Congress Avenue', city: 'Austin', state: 'TX', postalCode: '78701', country: 'USA' },
  { street: '31 Rue de Rivoli', city: 'Paris', state: null, postalCode: '75004', country: 'France' },
  { street: 'Torstraße 9', city: 'Berlin', state: null, postalCode: '10119', country: 'Germany' },
  { street: '5 Deansgate', city: 'Manchester', state: null, postalCode: 'M3 1AZ', country: 'United Kingdom' },
  { street: 'Storgata 20', city: 'Oslo', state: null, postalCode: '0184', country: 'Norway' },
  { street: '2-8-1 Nishi-Shinjuku', city: 'Tokyo', state: null, postalCode: '163-8001', country: 'Japan' },
];

export const leadStatuses = ['Open - Not Contacted', 'Working - Contacted', 'Closed - Not Converted'];
export const caseStatuses = ['New', 'Working', 'Escalated', 'Closed'];
export const casePriorities = ['High', 'Medium', 'Low'];
export const caseOrigins = ['Phone', 'Email', 'Web'];
