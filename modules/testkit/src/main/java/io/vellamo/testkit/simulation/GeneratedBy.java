package io.vellamo.testkit.simulation;

import io.vellamo.api.query.QueryClock;

/**
 * The decisions about a generated query.
 *
 * @param query the decisions about the query
 * @param input the decisions about its input
 * @param reduction what is left out of its input
 * @param clock its clock
 * @param isComplete whether the query is one in mode {@code COMPLETE}, with small pages
 */
record GeneratedBy(
    Dice query, Dice input, SeedReduction reduction, QueryClock clock, boolean isComplete) {}
