import type { StructureTable } from './structure.ts';

/** Page layouts: the sections with their fields and what surrounds them; console, feed and summary parts are not implemented. */
export const layoutStructures = {
  Layout: `fullName customButtons* customConsoleComponents:- emailDefault:boolean excludeButtons* feedLayout:- headers:LayoutHeader*
    layoutSections:LayoutSection* miniLayout:MiniLayout multilineLayoutFields* platformActionList:PlatformActionList
    quickActionList:QuickActionList relatedContent:- relatedLists:RelatedListItem* relatedObjects*
    runAssignmentRulesDefault:boolean showEmailCheckbox:boolean showHighlightsPanel:boolean showInteractionLogPanel:boolean
    showKnowledgeComponent:boolean showRunAssignmentRulesCheckbox:boolean showSolutionSection:boolean
    showSubmitAndAttachButton:boolean summaryLayout:SummaryLayout`,
  LayoutHeader: '=PersonalTagging|PublicTagging',
  LayoutSection: `customLabel:boolean detailHeading:boolean editHeading:boolean label layoutColumns:LayoutColumn*
    style:LayoutSectionStyle!`,
  LayoutSectionStyle: '=TwoColumnsTopToBottom|TwoColumnsLeftToRight|OneColumn|CustomLinks',
  LayoutColumn: 'layoutItems:LayoutItem* reserved',
  LayoutItem: `analyticsCloudComponent:- behavior:UiBehavior canvas component customLink emptySpace:boolean field height:int page
    reportChartComponent:- scontrol showLabel:boolean showScrollbars:boolean width`,
  UiBehavior: '=Edit|Required|Readonly',
  MiniLayout: 'fields* relatedLists:RelatedListItem*',
  RelatedListItem: 'customButtons* excludeButtons* fields* quickActions* relatedList! sortField sortOrder:SortOrder',
  SortOrder: '=Asc|Desc',
  PlatformActionList:
    'actionListContext:PlatformActionListContext! platformActionListItems:PlatformActionListItem* relatedSourceEntity',
  PlatformActionListContext: `=ListView|RelatedList|ListViewRecord|RelatedListRecord|Record|FeedElement|Chatter|Global|Flexipage|MruList|MruRow|RecordEdit|Photo|BannerPhoto|ObjectHomeChart|ListViewDefinition|Dockable|Lookup|Assistant|ActionDefinition|MetadataExplorer`,
  PlatformActionListItem: 'actionName! actionType:PlatformActionType! sortOrder:int! subtype',
  PlatformActionType: '=QuickAction|StandardButton|CustomButton|ProductivityAction|ActionLink|InvocableAction',
  QuickActionList: 'quickActionListItems:QuickActionListItem*',
  QuickActionListItem: 'quickActionName!',
  SummaryLayout: `masterLabel! sizeX:int! sizeY:int sizeZ:int summaryLayoutItems:SummaryLayoutItem*
    summaryLayoutStyle:SummaryLayoutStyle!`,
  SummaryLayoutItem: 'customLink field posX:int! posY:int posZ:int',
  SummaryLayoutStyle: `=Default|QuoteTemplate|DefaultQuoteTemplate|ServiceReportTemplate|ChildServiceReportTemplateStyle|DefaultServiceReportTemplate|CaseInteraction|QuickActionLayoutLeftRight|QuickActionLayoutTopDown|PathAssistant`,
} as const satisfies StructureTable;
