/** What a stage of an opportunity means, as a new org has them. */
export type Stage = {
  readonly name: string;
  readonly forecastCategory: string;
  readonly probability: number;
  readonly closed: boolean;
  readonly won: boolean;
};

function open(name: string, probability: number): Stage {
  return { name, forecastCategory: 'Pipeline', probability, closed: false, won: false };
}

export const stages: readonly Stage[] = [
  open('Prospecting', 10),
  open('Qualification', 10),
  open('Needs Analysis', 20),
  open('Value Proposition', 50),
  open('Id. Decision Makers', 60),
  open('Perception Analysis', 70),
  open('Proposal/Price Quote', 75),
  open('Negotiation/Review', 90),
  { name: 'Closed Won', forecastCategory: 'Closed', probability: 100, closed: true, won: true },
  { name: 'Closed Lost', forecastCategory: 'Omitted', probability: 0, closed: true, won: false },
];

const stagesByName = new Map(stages.map((stage) => [stage.name, stage]));

export function stageNamed(name: unknown): Stage | undefined {
  return typeof name === 'string' ? stagesByName.get(name) : undefined;
}

const closedCaseStatuses = new Set<unknown>(['Closed']);
const closedTaskStatuses = new Set<unknown>(['Completed']);

export function isClosedCase(status: unknown): boolean {
  return closedCaseStatuses.has(status);
}

export function isClosedTask(status: unknown): boolean {
  return closedTaskStatuses.has(status);
}
