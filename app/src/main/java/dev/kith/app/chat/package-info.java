/// The chat that `kith chat` serves, written as any application on Kith would be.
///
/// [Chat][dev.kith.app.chat.Chat] has the handlers of its events and the supervisor of its two
/// processes.
package dev.kith.app.chat;
