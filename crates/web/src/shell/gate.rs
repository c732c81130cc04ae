//! The gate before every handler: nobody without a session comes into the office, no role to pages that are never its.
//! What one may do to this one thing is asked again inside the transaction, at the desk.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use mingcha_access::AccessError;
use mingcha_access::policy::{Reach, reach};

use super::{Failure, Visit};
use crate::Gate;

/// Lets through, leads to the door, or refuses.
pub(crate) async fn gate(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let Some(visit) = request.extensions().get::<Arc<Visit>>().cloned() else {
        return Failure::broken("a request without its visit").into_response();
    };
    let role = visit.session.as_ref().map(|session| session.actor.role);
    match (gate, role) {
        (Gate::Public, _) | (Gate::SignedIn, Some(_)) => next.run(request).await,
        (Gate::Action(actions), Some(role)) => {
            if actions.iter().any(|action| reach(role, *action) != Reach::Never) {
                next.run(request).await
            } else {
                Failure::refused().into_response()
            }
        }
        // Tokens have a gate of their own; no session opens it.
        (Gate::Token(_), _) => Failure::of(&AccessError::NoToken).into_response(),
        (_, None) if *request.method() == Method::GET => {
            let next: String = url::form_urlencoded::byte_serialize(visit.here.as_bytes()).collect();
            Redirect::to(&format!("/sign-in?next={next}")).into_response()
        }
        (_, None) => Failure::of(&AccessError::NoSession).into_response(),
    }
}
