import type { Feature } from './feature.js';
import { grantFeature } from './grant/index.js';
import { hideFeature } from './hide/index.js';
import { shareFeature } from './share/index.js';
import { userFeature } from './user/index.js';

/** Every capability; a definition asks for those whose parts it has. */
export const allFeatures: readonly Feature[] = [userFeature, hideFeature, grantFeature, shareFeature];
