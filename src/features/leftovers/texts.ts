import { featureTexts } from '../texts.js';

export const texts = featureTexts('leftovers');
