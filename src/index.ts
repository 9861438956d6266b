export type { IntegrationUserResult } from './planning/result.js';
