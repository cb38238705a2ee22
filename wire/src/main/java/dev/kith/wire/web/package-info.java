/// What is served over HTTP: answers to requests, and places where a WebSocket may be opened.
///
/// Read in this order:
///
/// - [Site]: the map from paths to what is served there.
/// - [Route]: answers a [WebRequest] with a [WebResponse]: [Status], [Headers], body.
/// - [Endpoint]: sees the request that asks for a WebSocket and gives its [Admission] before the
///   upgrade: accepted, with the listener that will own the pipe, or refused with a response.
/// - [Method]: what a route may be asked.
///
/// The invariant to remember: everything here is called on a loop and answers at once. An answer
/// that takes time belongs to a process, and to a pipe.
///
/// Deliberately absent: request bodies, uploads, cookies, sessions, templates.
package dev.kith.wire.web;
