import { createDice, type Dice } from './dice.ts';
import { type Field, fieldPool, titleField } from './fields.ts';

/** A thing that the generated service keeps, with everything that templates need to know of it. */
export interface Entity {
  readonly area: string;
  /** `creditNote`, and the same for many. */
  readonly one: string;
  readonly many: string;
  /** `CreditNote`, and the same for many. */
  readonly One: string;
  readonly Many: string;
  /** `credit_note`: the id prefix, and the table's name for many. */
  readonly kind: string;
  readonly folder: string;
  readonly fields: readonly Field[];
  readonly stages: readonly [string, string, ...string[]];
  /** Earlier entities that this one refers to. */
  readonly links: readonly Entity[];
}

/** Writes a part of a file; templates are named after what they write. */
export type Template<Part = string> = (entity: Entity) => Part;

const areas: Readonly<Record<string, string>> = {
  billing:
    'invoice creditNote refund charge dunningNotice taxRate ledgerEntry payout settlement discount balance mandate',
  catalog:
    'product variant collection attribute bundle priceList brand category barcode warranty manual sampleKit',
  shipping:
    'parcel carrier manifest route pickup customsForm container trackingEvent deliverySlot depot pallet waybill',
  support:
    'ticket conversation macro escalation satisfactionSurvey queueRule article escalationPath callback transcript agentShift inbox',
  identity:
    'account membership invitation session credential passkey consent device accessToken loginAttempt organisation team',
  marketing:
    'campaign audience segment coupon newsletter landingPage referral experiment banner touchpoint journey keyword',
  inventory:
    'warehouse stockItem reservation stockCount transfer shelf reorderRule supplierOffer batch spoilage cycleCount bin',
  purchasing:
    'supplier purchaseOrder quote contract approval goodsReceipt blanketOrder tender vendorRating requisition budget clause',
  payroll:
    'employee payslip timesheet absence allowance bonus pensionPlan contractTerm expenseClaim overtime grade payRun',
  scheduling:
    'appointment calendar resource booking holiday recurrence waitlist availability roomPlan reminder rota handover',
  analytics:
    'dashboard metricSource funnel cohort alertRule snapshot dataset savedQuery widget annotation forecast benchmark',
  compliance:
    'policyDocument audit incident riskItem control evidence retentionRule breachReport questionnaire attestation finding remedy',
  media:
    'asset album rendition transcode subtitle playlist channel license watermark uploadSession thumbnail chapter',
  learning:
    'course lesson enrolment quiz submission certificate cohortPlan instructor rubric assignment badge discussion',
  maintenance:
    'machine workOrder inspection sparePart meter checklist failureMode serviceContract technician site calibration outage',
  lending:
    'loan applicant collateral repayment creditLine covenant underwriting guarantee statement escrow disbursement interestRate',
};

const lifecycles: readonly Entity['stages'][] = [
  ['draft', 'open', 'closed'],
  ['pending', 'active', 'suspended', 'archived'],
  ['submitted', 'approved', 'rejected', 'completed'],
  ['queued', 'running', 'failed', 'finished'],
  ['new', 'assigned', 'waiting', 'resolved', 'reopened'],
  ['planned', 'confirmed', 'cancelled'],
  ['received', 'checked', 'accepted', 'returned', 'disposed'],
];

/** How many entities the word lists allow. */
export const entityCount: number = Object.values(areas).join(' ').split(' ').length;

/** The first `count` entities, taken from all areas in turn so that small corpora are broad too. */
export function createEntities(count: number): Entity[] {
  const entities: Entity[] = [];
  for (const [area, one] of namesInTurn().slice(0, count)) {
    entities.push(createEntity(area, one, entities));
  }
  return entities;
}

function namesInTurn(): (readonly [string, string])[] {
  const lists = Object.entries(areas).map(([area, names]) => [area, names.split(' ')] as const);
  const rounds = Math.max(...lists.map(([, names]) => names.length));
  return Array.from({ length: rounds }, (_, round) =>
    lists.flatMap(([area, names]) => {
      const name = names[round];
      return name === undefined ? [] : [[area, name] as const];
    }),
  ).flat();
}

function createEntity(area: string, one: string, earlier: readonly Entity[]): Entity {
  const dice = createDice(`entity ${one}`);
  const many = plural(one);
  return {
    area,
    one,
    many,
    One: capital(one),
    Many: capital(many),
    kind: one.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    folder: `${area}/${one.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    fields: [titleField, ...dice.some(fieldPool, 7, 14)],
    stages: dice.pick(lifecycles),
    links: chooseLinks(dice, area, earlier),
  };
}

/** Up to three links: near ones in the same area first, as in real code, and some across areas. */
function chooseLinks(dice: Dice, area: string, earlier: readonly Entity[]): Entity[] {
  const near = dice.some(
    earlier.filter((entity) => entity.area === area),
    0,
    2,
  );
  const far = dice.some(
    earlier.filter((entity) => entity.area !== area),
    0,
    2,
  );
  return [...near, ...far].slice(0, 3);
}

function plural(name: string): string {
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
