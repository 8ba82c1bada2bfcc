/** What a person can be, towards a pupil or a school. */
export type Role =
  | 'mentor'
  | 'contactPerson'
  | 'standIn'
  /** Today's follow-up has been handed over to them. */
  | 'responsible'
  /** A step of the routine is theirs to do. */
  | 'stepOwner'
  | 'attendanceCoordinator'
  | 'mobileSchoolTeam'
  | 'principal'
  | 'ehtMember'
  | 'admin';

/** What somebody can want to do. */
export type Action =
  /** See a pupil's day, and record that contact was made or not. */
  | 'recordContact'
  | 'undoOthers'
  | 'handOver'
  | 'appointContactPerson'
  /** Say that somebody is away and who stands in; for oneself every mentor and contact person may. */
  | 'appointStandIn'
  /** The same for a colleague. */
  | 'appointOthersStandIn'
  | 'releaseMorning'
  /** See which follow-ups are open: of one's own pupils, or of all the school's. */
  | 'listOpen'
  | 'remindAll'
  | 'bindChannel'
  /** Accept, decline, close and withdraw the cases that the routine proposes. */
  | 'judgeCases'
  /** Say that a step of the routine is done or not needed, give it more time, hand it over. */
  | 'handleStep'
  /** See a pupil's absence, pattern, contacts and steps. */
  | 'viewPupil'
  /** See a list of a school's pupils by level. */
  | 'listPupils'
  /** Be understood in writing of any pupil of the school; everybody is of those whom they answer for. */
  | 'nameAnyPupil'
  /** Be told in the help what can be written for the whole school. */
  | 'readWholeHelp'
  /** See and change what EHT has on its list, in EHT's own conversation. */
  | 'workInEht';

/**
 * Whose pupil it is, to the one who asks, from the nearest: one's own; one whose card stands in the conversation where one
 * is; one at the same school; somebody else's. What concerns no single pupil is `school` or `other`.
 */
export type Whose = 'own' | 'channel' | 'school' | 'other';

const NEAREST: readonly Whose[] = ['own', 'channel', 'school', 'other'];

export const actions = [
  'recordContact',
  'undoOthers',
  'handOver',
  'appointContactPerson',
  'appointStandIn',
  'appointOthersStandIn',
  'releaseMorning',
  'listOpen',
  'remindAll',
  'bindChannel',
  'judgeCases',
  'handleStep',
  'viewPupil',
  'listPupils',
  'nameAnyPupil',
  'readWholeHelp',
  'workInEht',
] as const satisfies readonly Action[];

export const roles = [
  'mentor',
  'contactPerson',
  'standIn',
  'responsible',
  'stepOwner',
  'attendanceCoordinator',
  'mobileSchoolTeam',
  'principal',
  'ehtMember',
  'admin',
] as const satisfies readonly Role[];

/** Everything, of whoever is at the school. */
const WHOLE_SCHOOL: Readonly<Record<Action, Whose>> = {
  recordContact: 'school',
  undoOthers: 'school',
  handOver: 'school',
  appointContactPerson: 'school',
  appointStandIn: 'school',
  appointOthersStandIn: 'school',
  releaseMorning: 'school',
  listOpen: 'school',
  remindAll: 'school',
  bindChannel: 'school',
  judgeCases: 'school',
  handleStep: 'school',
  viewPupil: 'school',
  listPupils: 'school',
  nameAnyPupil: 'school',
  readWholeHelp: 'school',
  workInEht: 'school',
};

/**
 * Role × action → how far it reaches. What is not here may not be done. Mentors who share a channel help each other; a contact
 * person or a stand-in reaches no further than the pupils they answer for. IT binds channels and touches no pupil.
 */
export const permissions: Readonly<Record<Role, Partial<Readonly<Record<Action, Whose>>>>> = {
  mentor: {
    recordContact: 'channel',
    handOver: 'channel',
    appointStandIn: 'own',
    listOpen: 'own',
    viewPupil: 'own',
  },
  contactPerson: {
    recordContact: 'own',
    handOver: 'own',
    appointStandIn: 'own',
    listOpen: 'own',
    viewPupil: 'own',
  },
  standIn: { recordContact: 'own', handOver: 'own', listOpen: 'own', viewPupil: 'own' },
  responsible: { recordContact: 'own', handOver: 'own', listOpen: 'own' },
  stepOwner: { handleStep: 'own', viewPupil: 'own' },
  attendanceCoordinator: WHOLE_SCHOOL,
  mobileSchoolTeam: {
    recordContact: 'school',
    handOver: 'school',
    listOpen: 'school',
    viewPupil: 'school',
    listPupils: 'school',
    workInEht: 'school',
  },
  principal: WHOLE_SCHOOL,
  ehtMember: { viewPupil: 'school', workInEht: 'school' },
  admin: { bindChannel: 'other' },
};

/** Whether a role that stands so to a pupil (or a school) may do it. */
export function isAllowed(role: Role, action: Action, whose: Whose): boolean {
  const reach = permissions[role][action];
  return reach !== undefined && NEAREST.indexOf(whose) <= NEAREST.indexOf(reach);
}
