import type { Plant } from './corpus/plants.ts';
import type { Place } from './tool.ts';

/** What one tool reports on a checkout. */
export interface Report {
  readonly tool: string;
  readonly places: readonly Place[];
}

const shownPlaces = 5;

/** Throws unless every tool reports exactly the planted places. */
export function demandPlants(reports: readonly Report[], plants: readonly Plant[]): void {
  const planted = plants.map(({ path, line }): Place => `${path}:${line}`);
  const complaints = reports.flatMap(({ tool, places }) => [
    ...complaint(`${tool} misses`, without(planted, places)),
    ...complaint(`${tool} reports besides`, without(places, planted)),
  ]);
  if (complaints.length === 0) return;
  throw new Error(`The tools do not do the same work.\n${complaints.join('\n')}`);
}

/** In words, where the other tools differ from the first one. */
export function compareReports([first, ...others]: readonly Report[]): string[] {
  if (!first) return [];
  return others.flatMap(({ tool, places }) => {
    const ownAlone = without(first.places, places);
    return [
      `${first.tool} and ${tool} agree on ${first.places.length - ownAlone.length} places.`,
      ...complaint(`Only ${first.tool} reports`, ownAlone),
      ...complaint(`Only ${tool} reports`, without(places, first.places)),
    ];
  });
}

function without(places: readonly Place[], others: readonly Place[]): Place[] {
  const known = new Set(others);
  return places.filter((place) => !known.has(place));
}

function complaint(title: string, places: readonly Place[]): string[] {
  if (places.length === 0) return [];
  const rest = places.length > shownPlaces ? ', …' : '';
  return [`${title} ${places.length}: ${places.slice(0, shownPlaces).join(', ')}${rest}`];
}
