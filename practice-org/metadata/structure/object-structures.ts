import type { StructureTable } from './structure.ts';

export const objectStructures = {
  CustomObject: `fullName actionOverrides:ActionOverride* allowInChatterGroups:boolean articleTypeChannelDisplay:-
    businessProcesses:- compactLayoutAssignment compactLayouts:- customHelp customHelpPage customSettingsType:-
    deploymentStatus:DeploymentStatus deprecated:boolean description enableActivities:boolean enableBulkApi:boolean
    enableDataTranslation:boolean enableDivisions:boolean enableEnhancedLookup:boolean enableFeeds:boolean enableHistory:boolean
    enableLicensing:boolean enablePublishStatusTracking:boolean enableReports:boolean enableSearch:boolean enableSharing:boolean
    enableStreamingApi:boolean eventType:- externalDataSource:- externalIndexAvailable:- externalName:- externalRepository:-
    externalSharingModel:SharingModel@31 fieldSets:- fields:CustomField* gender:Gender historyRetentionPolicy:- household:boolean
    indexes:- label listViews:- mktDataLakeAttributes:- mktDataModelAttributes:- nameField:CustomField pluralLabel
    profileSearchLayouts:ProfileSearchLayouts* publishBehavior:- recordTypeTrackFeedHistory:boolean recordTypeTrackHistory:boolean
    recordTypes:RecordType* searchLayouts:SearchLayouts sharingModel:SharingModel@30 sharingReasons:- sharingRecalculations:-
    startsWith:StartsWith validationRules:- visibility:SetupObjectVisibility webLinks:-`,
  ActionOverride:
    'actionName comment content formFactor:FormFactor skipRecordTypeSelect:boolean type:ActionOverrideType',
  FormFactor: '=Small|Medium|Large',
  ActionOverrideType: '=Default|Standard|Scontrol|Visualforce|Flexipage|LightningComponent',
  DeploymentStatus: '=InDevelopment|Deployed',
  SharingModel:
    '=Private|Read|ReadSelect|ReadWrite|ReadWriteTransfer|FullAccess|ControlledByParent|ControlledByLeadOrContact|ControlledByCampaign',
  Gender: '=Neuter|Masculine|Feminine|AnimateMasculine',
  StartsWith: '=Consonant|Vowel|Special',
  SetupObjectVisibility: '=PackageProtected|Protected|Public',
  ProfileSearchLayouts: 'fields* profileName',
  SearchLayouts: `customTabListAdditionalFields* excludedStandardButtons* listViewButtons* lookupDialogsAdditionalFields*
    lookupFilterFields* lookupPhoneDialogsAdditionalFields* massQuickActions* searchFilterFields* searchResultsAdditionalFields*
    searchResultsCustomButtons*`,
  RecordType: `fullName active:boolean! businessProcess compactLayoutAssignment description label!
    picklistValues:RecordTypePicklistValue*`,
  RecordTypePicklistValue: 'picklist! values:PicklistValue*',
  PicklistValue: 'fullName color default:boolean! description isActive:boolean',
  CustomField: `fullName businessOwnerGroup:- businessOwnerUser:- businessStatus caseSensitive:boolean complianceGroup
    customDataType:- defaultValue deleteConstraint:DeleteConstraint deprecated:boolean description displayFormat
    displayLocationInDecimal:boolean elementType:- encryptionScheme:EncryptionScheme escapeMarkup:boolean externalDeveloperName:-
    externalId:boolean fieldManageability:- formula formulaTreatBlanksAs:TreatBlanksAs indexed:boolean inlineHelpText
    isAIPredictionField:boolean isConvertLeadDisabled:boolean isFilteringDisabled:boolean isNameField:boolean
    isSortingDisabled:boolean label length:int lookupFilter:- maskChar:EncryptedFieldMaskChar maskType:EncryptedFieldMaskType
    metadataRelationshipControllingField:- mktDataLakeFieldAttributes:- mktDataModelFieldAttributes:- picklist:-
    populateExistingRows:boolean precision:int readOnlyProxy:boolean referenceTargetField:- referenceTo relationshipLabel
    relationshipName relationshipOrder:int reparentableMasterDetail:boolean required:boolean restrictedAdminField:boolean
    scale:int securityClassification startingNumber:int stripMarkup:boolean summarizedField:- summaryFilterItems:-
    summaryForeignKey:- summaryOperation:- trackFeedHistory:boolean trackHistory:boolean trackTrending:boolean
    translateData:boolean type:FieldType unique:boolean valueSet:ValueSet visibleLines:int writeRequiresMasterRead:boolean`,
  DeleteConstraint: '=Cascade|Restrict|SetNull',
  EncryptionScheme:
    '=None|ProbabilisticEncryption|CaseSensitiveDeterministicEncryption|CaseInsensitiveDeterministicEncryption',
  EncryptedFieldMaskChar: '=asterisk|X',
  EncryptedFieldMaskType: '=all|creditCard|ssn|lastFour|sin|nino',
  TreatBlanksAs: '=BlankAsBlank|BlankAsZero',
  FieldType: `=AutoNumber|Lookup|MasterDetail|Checkbox|Currency|Date|DateTime|Email|Number|Percent|Phone|Picklist|MultiselectPicklist|Text|TextArea|LongTextArea|Html|Url|EncryptedText|Summary|Hierarchy|File|MetadataRelationship|Location|ExternalLookup|IndirectLookup|CustomDataType|Time|Address|Array|Integer|Long`,
  ValueSet:
    'controllingField:- restricted:boolean valueSetDefinition:ValueSetValuesDefinition valueSetName:- valueSettings:-',
  ValueSetValuesDefinition: 'sorted:boolean! value:CustomValue*',
  CustomValue: 'fullName color default:boolean! description isActive:boolean label',
} as const satisfies StructureTable;
