package io.vellamo.engine.io;

import java.util.List;

/**
 * A page of a shard's part of the whole result.
 *
 * @param attempt the attempt to run the epoch that it belongs to; a later attempt has a greater
 *     number
 * @param shard the shard
 * @param number the number of the page, from 0
 * @param rows its rows
 */
public record ResultPage(long attempt, int shard, int number, List<Object> rows) {}
