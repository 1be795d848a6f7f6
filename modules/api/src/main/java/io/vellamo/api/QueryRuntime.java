package io.vellamo.api;

/**
 * A runtime that runs queries, such as {@code Vellamo.get(system)}; applications do not implement
 * it.
 *
 * <p>It has no methods, because a runtime receives a query as data of a form that is not part of
 * the API.
 *
 * @since 0.1
 */
public interface QueryRuntime {}
