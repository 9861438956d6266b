import { featureTexts } from '../texts.js';

export const texts = featureTexts('verification');
