import type { StructureTable } from './structure.ts';

/** What travels around the components: manifests, deployments, retrievals, listings. */
export const messageStructures = {
  Package: `fullName apiAccessLevel:- description namespacePrefix:- objectPermissions:- packageType:- postInstallClass:-
    setupWeblink:- types:PackageTypeMembers* uninstallClass:- version!`,
  PackageTypeMembers: 'members* name!',
  AsyncResult: 'done:boolean! id! message state! statusCode',
  CancelDeployResult: 'done:boolean! id!',
  DeployResult: `canceledBy canceledByName checkOnly:boolean! completedDate createdBy! createdByName! createdDate!
    details:DeployDetails! done:boolean! errorMessage errorStatusCode id! ignoreWarnings:boolean! lastModifiedDate
    numberComponentErrors:int! numberComponentsDeployed:int! numberComponentsTotal:int! numberFiles:int numberTestErrors:int!
    numberTestsCompleted:int! numberTestsTotal:int! rollbackOnError:boolean! runTestsEnabled:boolean! startDate stateDetail
    status! success:boolean! zipSize:int`,
  DeployDetails: `componentFailures:DeployMessage* componentSuccesses:DeployMessage* retrieveResult:RetrieveResult
    runTestResult:RunTestsResult`,
  DeployMessage: `changed:boolean! columnNumber:int componentType created:boolean! createdDate! deleted:boolean! fileName! fullName!
    id lineNumber:int problem problemType success:boolean!`,
  RunTestsResult: 'numFailures:int! numTestsRun:int! totalTime:double!',
  RetrieveResult: `done:boolean! errorMessage errorStatusCode fileProperties:FileProperties* id! messages:RetrieveMessage* status!
    success:boolean! zipFile!`,
  RetrieveMessage: 'fileName! problem!',
  FileProperties: `createdById! createdByName! createdDate! fileName! fullName! id! lastModifiedById! lastModifiedByName!
    lastModifiedDate! manageableState namespacePrefix type!`,
  DescribeMetadataResult: `metadataObjects:DescribeMetadataObject* organizationNamespace! partialSaveAllowed:boolean!
    testRequired:boolean!`,
  DescribeMetadataObject: 'childXmlNames* directoryName! inFolder:boolean! metaFile:boolean! suffix xmlName!',
  SaveResult: 'errors:Error* fullName! success:boolean!',
  UpsertResult: 'created:boolean! errors:Error* fullName! success:boolean!',
  DeleteResult: 'errors:Error* fullName! success:boolean!',
  Error: 'fields* message! statusCode!',
} as const satisfies StructureTable;
