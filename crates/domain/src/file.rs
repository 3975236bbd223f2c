//! What a file is for, what it may be, and how many there may be of it.

use crate::rights::Action;

words! {
    Purpose {
        RoomPhoto = "room_photo",
        PropertyCover = "property_cover",
        FloorPlan = "floor_plan",
        /// Stands on the owner's papers and bills.
        OwnerLogo = "owner_logo",
        OwnerSeal = "owner_seal",
        /// The contract as both sides have signed it.
        SignedContract = "signed_contract",
        /// An identity card, a certificate: private, and never shown to other tenants.
        TenantPaper = "tenant_paper",
    }
}

words! {
    /// The kinds that are taken at all, by their media type.
    FileKind {
        Jpeg = "image/jpeg",
        Png = "image/png",
        WebP = "image/webp",
        /// As telephones take them; kept as JPEG.
        Heic = "image/heic",
        Pdf = "application/pdf",
    }
}

words! {
    FileStatus {
        /// Announced; the bytes may be on their way.
        Pending = "pending",
        /// Looked at and kept.
        Ready = "ready",
        /// Its object is being removed.
        Gone = "gone",
    }
}

life! {
    FileStatus:
        Pending => Ready | Gone,
        Ready => Gone,
}

/// The largest file, in bytes.
pub const LARGEST: u64 = 20 * 1024 * 1024;

/// The most pixels a picture may have: more than any telephone's ordinary picture, less than hurts to unpack.
pub const MOST_PIXELS: u64 = 50_000_000;

impl Purpose {
    /// How many there may be of one room, contract, tenant.
    pub fn most(self) -> i32 {
        match self {
            Purpose::RoomPhoto => 5,
            Purpose::SignedContract | Purpose::TenantPaper => 10,
            _ => 1,
        }
    }

    /// A new one takes the place of the old one.
    pub fn replaces(self) -> bool {
        self.most() == 1
    }

    /// Papers may be scans of any kind; what is shown as a picture must be one.
    pub fn takes(self, kind: FileKind) -> bool {
        kind != FileKind::Pdf || matches!(self, Purpose::SignedContract | Purpose::TenantPaper)
    }

    /// Whoever may change the subject may change its files.
    pub fn right_to_change(self) -> Action {
        match self {
            Purpose::RoomPhoto | Purpose::PropertyCover | Purpose::FloorPlan => Action::EditEstate,
            Purpose::OwnerLogo | Purpose::OwnerSeal => Action::EditOwner,
            Purpose::SignedContract => Action::EditContracts,
            Purpose::TenantPaper => Action::EditTenants,
        }
    }
}

impl FileKind {
    pub fn is_picture(self) -> bool {
        self != FileKind::Pdf
    }

    /// The ending of its name in the store.
    pub fn ending(self) -> &'static str {
        match self {
            FileKind::Jpeg => "jpg",
            FileKind::Png => "png",
            FileKind::WebP => "webp",
            FileKind::Heic => "heic",
            FileKind::Pdf => "pdf",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_papers_may_be_pdf() {
        let papers: Vec<_> = Purpose::ALL.iter().filter(|purpose| purpose.takes(FileKind::Pdf)).collect();
        assert_eq!(papers, [&Purpose::SignedContract, &Purpose::TenantPaper]);
        assert!(Purpose::ALL.iter().all(|purpose| purpose.takes(FileKind::Jpeg)));
    }

    #[test]
    fn what_is_gone_does_not_come_back() {
        assert!(FileStatus::ALL.iter().all(|next| !FileStatus::Gone.may_become(*next)));
        assert!(!FileStatus::Ready.may_become(FileStatus::Pending));
    }
}
