/** Values of the picklists that several standard objects have in common, as a new org has them. */
export const industries =
  'Agriculture;Apparel;Banking;Biotechnology;Chemicals;Communications;Construction;Consulting;Education;Electronics;Energy;' +
  'Engineering;Entertainment;Environmental;Finance;Food & Beverage;Government;Healthcare;Hospitality;Insurance;Machinery;' +
  'Manufacturing;Media;Not For Profit;Recreation;Retail;Shipping;Technology;Telecommunications;Transportation;Utilities;Other';
export const ratings = 'Hot;Warm;Cold';
export const sources = 'Web;Phone Inquiry;Partner Referral;Purchased List;Other';
export const salutations = 'Mr.;Ms.;Mrs.;Dr.;Prof.;Mx.';
export const genders = 'Male;Female;Nonbinary;Not Listed';
export const pronouns = 'He/Him;She/Her;They/Them;He/They;She/They;Not Listed';
export const cleanStatuses =
  'Matched=In Sync;Different;Acknowledged=Reviewed;NotFound=Not Found;Inactive;Pending=Not Compared;SelectMatch=Select Match;Skipped';
