/** Values of the User object's settings. Every locale, time zone, language and encoding that Salesforce offers. */
const localeCodes =
  'af_ZA am_ET ar_AE ar_BH ar_DZ ar_EG ar_IQ ar_JO ar_KW ar_LB ar_LY ar_MA ar_OM ar_QA ar_SA ar_SD ar_SY ar_TN ar_YE az_AZ ' +
  'be_BY bg_BG bn_BD bn_IN bs_BA ca_ES ca_ES_EURO cs_CZ cy_GB da_DK de_AT de_AT_EURO de_BE de_CH de_DE de_DE_EURO de_LI de_LU ' +
  'de_LU_EURO dz_BT el_CY el_GR en_AE en_AG en_AI en_AU en_BB en_BE en_BM en_BS en_BW en_BZ en_CA en_CK en_CM en_CY en_DE en_ER ' +
  'en_FJ en_FK en_GB en_GD en_GH en_GI en_GM en_GY en_HK en_ID en_IE en_IE_EURO en_IL en_IN en_JM en_KE en_KN en_KY en_LC en_LR ' +
  'en_LS en_MG en_MH en_MS en_MT en_MU en_MW en_MY en_NA en_NF en_NG en_NL en_NZ en_PG en_PH en_PK en_PR en_PW en_RW en_SB en_SC ' +
  'en_SE en_SG en_SH en_SI en_SL en_SX en_SZ en_TC en_TO en_TT en_TV en_TZ en_UG en_US en_VC en_VG en_VU en_WS en_ZA en_ZM en_ZW ' +
  'es_AR es_BO es_CL es_CO es_CR es_CU es_DO es_EC es_ES es_ES_EURO es_GT es_HN es_MX es_NI es_PA es_PE es_PR es_PY es_SV es_US ' +
  'es_UY es_VE et_EE eu_ES fa_IR fi_FI fi_FI_EURO fj_FJ fr_BE fr_CA fr_CH fr_DZ fr_FR fr_FR_EURO fr_HT fr_KM fr_LU fr_MA fr_MC ' +
  'fr_MR fr_WF ga_IE gu_IN gv_IM haw_US hi_IN hmn_US hr_HR ht_HT ht_US hu_HU hy_AM id_ID in_ID is_IS it_CH it_IT it_VA iw_IL ' +
  'ja_JP ja_JP_JP ji_US ka_GE kk_KZ kl_GL km_KH kn_IN ko_KP ko_KR ky_KG lb_LU lo_LA lt_LT lu_CD lv_LV mi_NZ mk_MK ml_IN ml_ME ' +
  'mr_IN ms_BN ms_MY mt_MT my_MM ne_NP nl_AW nl_BE nl_NL nl_SR nl_SX no_NO no_NO_NY om_ET om_KE pa_IN pl_PL ps_AF ps_PK pt_AO ' +
  'pt_BR pt_CV pt_MZ pt_PT pt_ST qu_BO qu_EC qu_PE rm_CH rn_BI ro_MD ro_RO ru_AM ru_BY ru_KG ru_KZ ru_LT ru_MD ru_PL ru_RU ru_UA ' +
  'rw_RW sh_BA sh_CS sh_ME sh_ME_USD sk_SK sl_SI sm_US sm_WS so_DJ so_SO sq_AL sr_BA sr_CS sr_RS sv_SE sw_KE sw_TZ sw_UG ta_IN ' +
  'ta_LK te_IN tg_TJ th_TH ti_ET tl_PH tr_TR uk_UA ur_PK uz_LATN_UZ vi_VN xh_ZA yo_BJ zh_CN zh_CN_PINYIN zh_CN_STROKE zh_HK ' +
  'zh_HK_STROKE zh_MO zh_MY zh_SG zh_TW zh_TW_STROKE zu_ZA';

const timeZoneNames =
  'Pacific/Kiritimati Pacific/Enderbury Pacific/Tongatapu Pacific/Chatham Asia/Kamchatka Pacific/Auckland Pacific/Fiji ' +
  'Pacific/Guadalcanal Pacific/Norfolk Australia/Lord_Howe Australia/Brisbane Australia/Sydney Australia/Adelaide ' +
  'Australia/Darwin Asia/Seoul Asia/Tokyo Asia/Hong_Kong Asia/Kuala_Lumpur Asia/Manila Asia/Shanghai Asia/Singapore Asia/Taipei ' +
  'Australia/Perth Asia/Bangkok Asia/Ho_Chi_Minh Asia/Jakarta Asia/Rangoon Asia/Dhaka Asia/Kathmandu Asia/Colombo Asia/Kolkata ' +
  'Asia/Karachi Asia/Tashkent Asia/Yekaterinburg Asia/Kabul Asia/Baku Asia/Dubai Asia/Tbilisi Asia/Yerevan Asia/Tehran ' +
  'Africa/Nairobi Asia/Baghdad Asia/Kuwait Asia/Riyadh Europe/Minsk Europe/Moscow Africa/Cairo Africa/Johannesburg Asia/Beirut ' +
  'Asia/Jerusalem Europe/Athens Europe/Bucharest Europe/Helsinki Europe/Istanbul Africa/Algiers Africa/Casablanca ' +
  'Europe/Amsterdam Europe/Berlin Europe/Brussels Europe/Paris Europe/Prague Europe/Rome Europe/Dublin Europe/Lisbon ' +
  'Europe/London GMT Atlantic/Cape_Verde Atlantic/Azores America/Sao_Paulo Atlantic/South_Georgia America/Argentina/Buenos_Aires ' +
  'America/Santiago America/St_Johns America/Halifax Atlantic/Bermuda America/Caracas America/Puerto_Rico ' +
  'America/Indiana/Indianapolis America/New_York America/Bogota America/Lima America/Panama America/Chicago America/Costa_Rica ' +
  'America/El_Salvador America/Mexico_City America/Denver America/Mazatlan America/Phoenix America/Los_Angeles America/Tijuana ' +
  'Pacific/Pitcairn America/Anchorage Pacific/Gambier America/Adak Pacific/Marquesas Pacific/Honolulu Pacific/Niue ' +
  'Pacific/Pago_Pago';

const languageCodes =
  'en_US de es fr it ja sv ko zh_TW zh_CN pt_BR nl_NL da th fi ru es_MX no hu pl cs tr in ro vi uk iw el bg en_GB ar sk pt_PT hr sl';

const encodings = 'UTF-8 ISO-8859-1 Shift_JIS ISO-2022-JP EUC-JP ks_c_5601-1987 Big5 GB2312 Big5-HKSCS x-SJIS_0213';

function choices(words: string): string {
  return words.split(' ').join(';');
}

export const locales = choices(localeCodes);
export const timeZones = choices(timeZoneNames);
export const languages = choices(languageCodes);
export const emailEncodings = choices(encodings);
