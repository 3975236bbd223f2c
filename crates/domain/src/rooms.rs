//! Words for buildings and the rooms in them.

words! {
    PropertyStatus {
        Active = "active",
        UnderConstruction = "under_construction",
        Decommissioned = "decommissioned",
    }
}

words! {
    RoomKind {
        Studio = "studio",
        Apartment = "apartment",
        Office = "office",
        Shop = "shop",
        Storage = "storage",
        Parking = "parking",
        Other = "other",
    }
}

words! {
    /// Whether a room's asking price is for one m² or for the whole room, a month.
    PriceMode {
        PerM2 = "per_m2",
        Flat = "flat",
    }
}

words! {
    /// The customer as a legal person.
    TenantKind {
        Person = "person",
        Company = "company",
    }
}
